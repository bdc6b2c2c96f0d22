package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.planning.ArmPlan;
import io.retcon.streams.planning.Change;
import io.retcon.streams.rewriting.LocalRewrite;
import io.retcon.streams.rewriting.SequenceRewriter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The swap without a broker, beside a script over the same files: by the stages' classes into an
 * overlay of the changed sequences with their lineage, and by {@code rewrite} into every step's
 * file. What the matcher found is there already, for both; pairing is part of what is timed.
 */
final class LocalSwapBench {
    private final Swap swap;
    private final List<Match> matches;
    private final PackedWindow window;
    private final PackedWindow donors;
    private final Path folder;
    private double planningSeconds;

    /**
     * @param folder to put results into
     */
    LocalSwapBench(Swap swap, Path folder) {
        this.swap = swap;
        this.matches = swap.matches();
        this.window = new PackedWindow(swap.window());
        this.donors = new PackedWindow(swap.donors());
        this.folder = folder;
    }

    List<Measurement> measure(List<NumpySwapPeer> peers, int rounds) {
        NumpySwapPeer.writeLists(swap, folder.resolve("lists"));
        overlay();
        files();
        var overlays = new SwapRounds(peers);
        var files = new SwapRounds(peers);
        for (int round = 0; round < rounds; round++) {
            double overlay = swap.sequences() / overlay();
            double whole = swap.sequences() / files();
            var said = peers.stream().map(this::run).toList();
            overlays.add(overlay, said, theirs -> swap.sequences() / theirs.seconds());
            files.add(whole, said, theirs -> swap.sequences() / theirs.seconds());
        }
        var measurements = new ArrayList<Measurement>();
        measurements.addAll(
                overlays.measurements(
                        "rewrite/overlay",
                        "sequences/s a core",
                        "pairing: %.0f %% of the time"
                                .formatted(
                                        100
                                                * planningSeconds
                                                * overlays.ours()
                                                / swap.sequences())));
        measurements.addAll(
                files.measurements(
                        "rewrite/files",
                        "sequences/s a core",
                        "every step is written again, %.0f MB/s of tokens"
                                .formatted(
                                        files.ours()
                                                * swap.window().shape().tokens()
                                                * Integer.BYTES
                                                / 1e6)));
        return measurements;
    }

    private NumpySwapPeer.Said run(NumpySwapPeer peer) {
        return peer.run(swap, folder.resolve("lists"), folder.resolve("peer"));
    }

    /** Processor seconds. */
    private double overlay() {
        var timer = new CpuTimer();
        var pairing = new CpuTimer();
        var plan = timer.time(() -> pairing.time(() -> swap.plan(matches)));
        planningSeconds = pairing.seconds();
        timer.time(() -> writeOverlay(plan));
        return timer.seconds();
    }

    private void writeOverlay(ArmPlan plan) {
        var rewrites =
                new RecordSerde<>(TopicCatalogue.REWRITES, new ContentAddressedSchemas())
                        .serializer();
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(folder.resolve("overlay")), 1 << 16)) {
            var changes = plan.changes();
            for (int from = 0; from < changes.size(); ) {
                var first = place(changes.get(from));
                var plans = new ArrayList<Plan>();
                while (from < changes.size() && sameSequence(first, place(changes.get(from)))) {
                    plans.add(plan(changes.get(from++)));
                }
                Rewrite rewrite =
                        SequenceRewriter.rewrite(
                                window.sequence(first.getStep(), first.getSequence()), plans);
                out.write(rewrites.serialize(TopicCatalogue.REWRITES.name(), rewrite));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan plan(Change change) {
        var donor = change.donor().orElseThrow();
        return Plan.newBuilder()
                .setIntervention(swap.id())
                .setRun(Swap.RUN)
                .setArm(Arm.TREATED_LABEL)
                .setOperation(change.operation())
                .setTarget(place(change))
                .setItems(change.target().items())
                .setDonor(donor)
                .setTokens(donors.document(donor))
                .setSeparator(SwapShape.EOS)
                .build();
    }

    private static DocumentRef place(Change change) {
        return change.target().document();
    }

    private static boolean sameSequence(DocumentRef one, DocumentRef other) {
        return one.getStep() == other.getStep() && one.getSequence() == other.getSequence();
    }

    /** Processor seconds. */
    private double files() {
        var timer = new CpuTimer();
        timer.time(
                () -> {
                    var mapping = folder.resolve("mapping.json");
                    var plan = swap.plan(matches);
                    write(plan, mapping);
                    var done =
                            LocalRewrite.run(
                                    swap.window().folder(),
                                    swap.donors().folder(),
                                    mapping,
                                    folder.resolve("files"));
                    if (done.replaced() != plan.changes().size()) {
                        throw new IllegalStateException("not every planned document was swapped");
                    }
                });
        return timer.seconds();
    }

    private static void write(ArmPlan plan, Path mapping) {
        var rows = new ArrayList<long[]>();
        for (var change : plan.changes()) {
            var target = place(change);
            var donor = change.donor().orElseThrow();
            rows.add(
                    new long[] {
                        target.getStep(),
                        target.getSequence(),
                        target.getStart(),
                        target.getStart() + target.getLength() - 1,
                        donor.getStep(),
                        donor.getSequence(),
                        donor.getStart(),
                        donor.getStart() + donor.getLength() - 1
                    });
        }
        try {
            new ObjectMapper().writeValue(mapping.toFile(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
