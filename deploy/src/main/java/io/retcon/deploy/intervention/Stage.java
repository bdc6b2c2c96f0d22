package io.retcon.deploy.intervention;

import io.retcon.schemas.record.Progress;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stage that an intervention has reached. */
record Stage(String name, long done, long total, String unit, Optional<String> message) {
    /** The stages in the order in which an intervention passes them. */
    static final List<String> ORDER =
            List.of("select", "match", "plan", "rewrite", "retrain", "effect");

    /** The last of the stages that said something, unless the effects are there. */
    static Stage furthest(List<Progress> progress, boolean hasEffects) {
        if (hasEffects) {
            return new Stage("done", 1, 1, "effects", Optional.empty());
        }
        return progress.stream()
                .filter(p -> ORDER.contains(p.getStage()))
                .max(Comparator.comparingInt(p -> ORDER.indexOf(p.getStage())))
                .map(
                        p ->
                                new Stage(
                                        p.getStage(),
                                        p.getDone(),
                                        p.getTotal(),
                                        p.getUnit(),
                                        p.getMessage()))
                .orElse(new Stage("published", 0, 0, "", Optional.empty()));
    }
}
