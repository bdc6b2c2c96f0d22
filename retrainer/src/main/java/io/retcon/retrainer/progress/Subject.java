package io.retcon.retrainer.progress;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.RetrainingId;

import java.util.Optional;

/**
 * Whose progress it is.
 *
 * @param name the intervention, or the run
 * @param retraining which of the intervention's retrainings
 */
public record Subject(String name, Optional<RetrainingId> retraining) {
    public Subject {
        requireNonNull(name, "name is null");
        requireNonNull(retraining, "retraining is null");
    }

    public static Subject run(String run) {
        return new Subject(run, Optional.empty());
    }

    public static Subject of(RetrainingId id) {
        return new Subject(id.getIntervention(), Optional.of(id));
    }

    /** The retraining that made it, or else its run. */
    public static Subject of(Checkpoint checkpoint) {
        return checkpoint.getRetraining().map(Subject::of).orElse(run(checkpoint.getRun()));
    }
}
