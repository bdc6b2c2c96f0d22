package io.retcon.retrainer.history;

import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.history.WindowReader;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.zip.CRC32C;

/**
 * A window of a run, step by step in training order, as history has it or as an arm changed it.
 * What history says is checked against the manifest of each step. Not thread-safe.
 */
public final class StepReader implements AutoCloseable {
    private final String run;
    private final RunManifests manifests;
    private final RunManifest manifest;
    private final WindowReader history;
    private final Overlay overlay;
    private long step;

    private StepReader(
            Cluster cluster, String run, RunManifests manifests, Window window, Overlay overlay) {
        this.run = run;
        this.manifests = manifests;
        this.manifest = manifests.of(run);
        this.history = new WindowReader(cluster, run, manifest, window);
        this.overlay = overlay;
        this.step = window.from();
    }

    /** History as it is. */
    public static StepReader ofHistory(
            Cluster cluster, String run, RunManifests manifests, Window window) {
        return new StepReader(cluster, run, manifests, window, new Overlay.None());
    }

    /** What an arm trains on. */
    public static StepReader ofArm(
            Cluster cluster,
            String run,
            RunManifests manifests,
            Window window,
            String intervention,
            String arm) {
        if (arm.equals(Arm.CONTROL_LABEL)) {
            return ofHistory(cluster, run, manifests, window);
        }
        var overlay = new Overlay.Rewritten(cluster, manifests.of(run), intervention, arm, window);
        return new StepReader(cluster, run, manifests, window, overlay);
    }

    /** What the next step trains on. */
    public StepTokens next() {
        var sequences = new int[manifest.getSequencesPerStep()][];
        var masked = new ArrayList<StepTokens.Masked>();
        var crc = new CRC32C();
        for (int s = 0; s < sequences.length; s++) {
            var sequence =
                    history.next()
                            .orElseThrow(() -> new IllegalStateException("the window is over"));
            crc.update(sequence.getTokens().duplicate());
            var row = overlay.row(sequence);
            sequences[s] = checked(row.tokens(), sequence);
            for (var span : row.masked()) {
                masked.add(new StepTokens.Masked(s, span.getStart(), span.getLength()));
            }
        }
        manifests
                .step(run, step)
                .filter(m -> m.getCrc32c() != crc.getValue())
                .ifPresent(
                        m -> {
                            throw new IllegalStateException(
                                    "step %d of run '%s' is not what its manifest says: its CRC32C differs"
                                            .formatted(step, run));
                        });
        step++;
        return new StepTokens(sequences, masked);
    }

    private int[] checked(int[] tokens, HistorySequence sequence) {
        if (tokens.length != manifest.getTokensPerSequence()) {
            throw new IllegalStateException(
                    "step %d sequence %d of run '%s' has %d tokens where a sequence has %d"
                            .formatted(
                                    sequence.getStep(),
                                    sequence.getSequence(),
                                    run,
                                    tokens.length,
                                    manifest.getTokensPerSequence()));
        }
        return tokens;
    }

    /** To be called after the window's last step: that nothing of the arm was left out. */
    public void finish() {
        overlay.checkAllTaken();
    }

    @Override
    public void close() {
        history.close();
        overlay.close();
    }
}
