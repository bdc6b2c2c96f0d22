package io.retcon.streams.ingest;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Publishes sequences as a run's history: whole steps, in transactions, each with its manifest; the
 * run's own manifest comes last, so a run is there whole or not at all. An import that was cut off
 * goes on where its last transaction ended, after checking that what lies there is the same. Not
 * thread-safe.
 */
public final class HistorySink implements AutoCloseable {
    private static final long BYTES_PER_TRANSACTION = 32 << 20;

    private final HistoryShape shape;
    private final int partitions;
    private final RunManifests existing;
    private final Transaction transaction;
    private final List<PackedSequence> step = new ArrayList<>();
    private long steps;
    private long bytesInTransaction;

    public HistorySink(Cluster cluster, HistoryShape shape) {
        this.shape = shape;
        this.partitions = TopicTable.partitions(cluster, TopicCatalogue.HISTORY);
        this.existing = RunManifests.read(cluster);
        existing.find(shape.run()).ifPresent(this::refuseOtherTokenizer);
        this.transaction = new Transaction(cluster, "history-import-" + shape.run());
    }

    void add(PackedSequence sequence) {
        step.add(sequence);
        if (step.size() == shape.sequencesPerStep()) {
            publishStep();
            step.clear();
        }
    }

    /** Whole steps so far. */
    public long steps() {
        return steps;
    }

    /** Sequences since then, which fill no step yet. */
    int unfinished() {
        return step.size();
    }

    private void publishStep() {
        var packed = step.stream().map(s -> PackedTokens.pack(s.tokens(), shape.width())).toList();
        var manifest = manifestOf(packed);
        var there = existing.step(shape.run(), steps);
        if (there.isPresent()) {
            if (!there.get().equals(manifest)) {
                throw new RefusedInput(
                        "run '%s' already has another step %d: history never changes, so give this one another --run"
                                .formatted(shape.run(), steps));
            }
        } else {
            publish(packed, manifest);
        }
        steps++;
    }

    private StepManifest manifestOf(List<ByteBuffer> packed) {
        var crc = new CRC32C();
        packed.forEach(tokens -> crc.update(tokens.duplicate()));
        return new StepManifest(steps, packed.size(), crc.getValue());
    }

    private void publish(List<ByteBuffer> packed, StepManifest manifest) {
        for (int i = 0; i < packed.size(); i++) {
            long global = steps * shape.sequencesPerStep() + i;
            transaction.send(
                    TopicCatalogue.HISTORY,
                    (int) (global % partitions),
                    steps,
                    Keys.sequence(shape.run(), steps, i),
                    new HistorySequence(
                            shape.run(),
                            steps,
                            i,
                            shape.width(),
                            packed.get(i),
                            step.get(i).documents()));
            bytesInTransaction += packed.get(i).remaining();
        }
        transaction.send(
                TopicCatalogue.MANIFESTS,
                Keys.join(shape.run(), steps),
                new Manifest(shape.run(), manifest));
        if (bytesInTransaction >= BYTES_PER_TRANSACTION) {
            transaction.commit();
            bytesInTransaction = 0;
        }
    }

    /** Publishes the run's manifest; a step that is not full is dropped. */
    public RunManifest finish() {
        if (steps == 0) {
            throw new RefusedInput(
                    "the input fills no step of %d sequences of %d tokens: give more text, or a smaller --batch or --sequence-length"
                            .formatted(shape.sequencesPerStep(), shape.tokensPerSequence()));
        }
        var manifest = shape.manifest(partitions, steps);
        existing.find(shape.run()).ifPresent(there -> refuseOther(there, manifest));
        transaction.send(
                TopicCatalogue.MANIFESTS,
                Keys.join(shape.run()),
                new Manifest(shape.run(), manifest));
        transaction.commit();
        return manifest;
    }

    private void refuseOtherTokenizer(RunManifest there) {
        var ours = shape.tokenizer().map(Tokenizer::sha256);
        if (!there.getTokenizerSha256().equals(ours)) {
            throw new RefusedInput(
                    "run '%s' was made with tokenizer %s, and this one is %s: give that tokenizer, or another --run"
                            .formatted(
                                    shape.run(),
                                    there.getTokenizerSha256().orElse("(none)"),
                                    ours.orElse("(none)")));
        }
    }

    private void refuseOther(RunManifest there, RunManifest manifest) {
        if (!there.equals(manifest)) {
            throw new RefusedInput(
                    "run '%s' is already here with another shape, length or tokenizer: history never changes, so give this one another --run"
                            .formatted(shape.run()));
        }
    }

    @Override
    public void close() {
        transaction.close();
    }
}
