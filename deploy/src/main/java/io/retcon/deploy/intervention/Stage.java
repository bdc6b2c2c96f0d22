package io.retcon.deploy.intervention;

import io.retcon.schemas.record.Progress;

import java.util.List;
import java.util.Optional;

/** The stage that an intervention has reached. */
public record Stage(String name, long done, long total, String unit, Optional<String> message) {
    public static final String RETRAIN = "retrain";

    /** The stages in the order in which an intervention passes them. */
    public static final List<String> ORDER =
            List.of("stand", "select", "match", "plan", "rewrite", RETRAIN, "effect");

    private static final String LAST = ORDER.getLast();

    /** Where a stage refused the intervention, which ends there. */
    public static Stage refused(String reason) {
        return new Stage("refused", 0, 0, "", Optional.of(reason));
    }

    /**
     * The last of the stages that said something, unless the effects are there. The one that
     * estimates them counts retrainings from the beginning on: as long as it waits for some,
     * another one works.
     */
    public static Stage furthest(List<Progress> progress, boolean hasEffects) {
        if (hasEffects) {
            return new Stage("done", 1, 1, "effects", Optional.empty());
        }
        return progress.stream()
                .filter(p -> ORDER.contains(p.getStage()))
                .filter(p -> !p.getStage().equals(LAST) || p.getDone() >= p.getTotal())
                .map(Stage::of)
                .reduce(Stage::further)
                .orElse(new Stage("published", 0, 0, "", Optional.empty()));
    }

    private static Stage of(Progress progress) {
        return new Stage(
                progress.getStage(),
                progress.getDone(),
                progress.getTotal(),
                progress.getUnit(),
                progress.getMessage());
    }

    /** The later stage, or what was said of the parts of the same one together. */
    private Stage further(Stage other) {
        int order = Integer.compare(ORDER.indexOf(name), ORDER.indexOf(other.name));
        if (order != 0) {
            return order > 0 ? this : other;
        }
        return new Stage(
                name, done + other.done, total + other.total, unit, message.or(other::message));
    }
}
