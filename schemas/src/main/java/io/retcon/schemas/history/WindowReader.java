package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A window of a run in training order: partition g mod P for g = 0, 1, 2, …, no sorting, bounded
 * memory; a gap shows at once. Not thread-safe.
 */
public final class WindowReader implements AutoCloseable {
    private final String run;
    private final Window window;
    private final int sequencesPerStep;
    private final List<HistoryPartition> partitions = new ArrayList<>();
    private long next;

    public WindowReader(Cluster cluster, String run, RunManifest manifest, Window window) {
        this.run = requireNonNull(run, "run is null");
        this.window = requireNonNull(window, "window is null");
        this.sequencesPerStep = manifest.getSequencesPerStep();
        if (window.to() > manifest.getSteps()) {
            throw new RefusedInput(
                    "window %s ends beyond the history of run '%s', which has %d steps"
                            .formatted(window, run, manifest.getSteps()));
        }
        this.next = window.from() * sequencesPerStep;
        for (int p = 0; p < manifest.getPartitions(); p++) {
            partitions.add(new HistoryPartition(cluster, run, p, window.from()));
        }
    }

    /** The next sequence, or empty after the window's last. */
    public Optional<HistorySequence> next() {
        if (next == window.to() * sequencesPerStep) {
            return Optional.empty();
        }
        var found = partitions.get((int) (next % partitions.size())).next();
        long step = next / sequencesPerStep;
        long sequence = next % sequencesPerStep;
        if (found.isEmpty()
                || found.get().getStep() != step
                || found.get().getSequence() != sequence) {
            throw new RefusedInput(
                    "the history of run '%s' has a gap: expected step %d sequence %d, found %s: import the history again"
                            .formatted(
                                    run,
                                    step,
                                    sequence,
                                    found.map(
                                                    s ->
                                                            "step "
                                                                    + s.getStep()
                                                                    + " sequence "
                                                                    + s.getSequence())
                                            .orElse("the topic's end")));
        }
        next++;
        return found;
    }

    @Override
    public void close() {
        partitions.forEach(HistoryPartition::close);
    }
}
