package io.retcon.deploy.report;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.spec.InterventionSpec;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a page about one intervention shows.
 *
 * @param effects its estimates
 * @param spec what it did
 * @param specText the spec as published
 * @param retrainings its retrainings, in any order
 * @param checkpoints checkpoints of the run and of its retrainings, in any order
 * @param curve how the original run learned the items, where that is known
 * @param truth what its matcher got right, where the truth is known
 */
public record Report(
        Effects effects,
        InterventionSpec spec,
        String specText,
        List<Retraining> retrainings,
        List<Checkpoint> checkpoints,
        Optional<LearningCurve> curve,
        Optional<MatcherTruth> truth) {

    public Report {
        requireNonNull(effects, "effects is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(specText, "specText is null");
        requireNonNull(curve, "curve is null");
        requireNonNull(truth, "truth is null");
        var arms = List.copyOf(spec.arms());
        retrainings =
                retrainings.stream()
                        .sorted(Comparator.comparing(Retraining::getId, byArm(arms)))
                        .toList();
        checkpoints =
                checkpoints.stream()
                        .sorted(
                                Comparator.comparing(
                                                (Checkpoint c) -> c.getRetraining().orElse(null),
                                                Comparator.nullsFirst(byArm(arms)))
                                        .thenComparing(Checkpoint::getStep))
                        .toList();
    }

    private static Comparator<RetrainingId> byArm(List<String> arms) {
        return Comparator.comparingInt((RetrainingId id) -> arms.indexOf(id.getArm()))
                .thenComparing(RetrainingId::getReplicate);
    }
}
