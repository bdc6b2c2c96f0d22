package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.intervention.Stage;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.LossPoint;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the small topics say of an intervention.
 *
 * @param published the spec as published
 * @param at when it was published
 * @param born the board's version in which it appeared
 * @param changed the board's version in which it last changed
 * @param settled that in which it last came to another stage, or its results changed
 * @param selection its items, once they are selected
 * @param progress what its stages say, the last word of each
 * @param retrainings its retrainings, by arm and replicate
 * @param losses retraining, as in keys, to its losses so far
 * @param effects its estimates, once they are there
 * @param refusal why a stage refused it
 */
public record Watched(
        Intervention published,
        Instant at,
        long born,
        long changed,
        long settled,
        Optional<Selection> selection,
        List<Progress> progress,
        List<Retraining> retrainings,
        Map<String, List<LossPoint>> losses,
        Optional<Effects> effects,
        Optional<String> refusal) {
    /** Stages as an intervention passes them, one that ends it included. */
    private static final int STAGES = Stage.ORDER.size();

    public Watched {
        requireNonNull(published, "published is null");
        requireNonNull(at, "at is null");
        progress = List.copyOf(progress);
        retrainings = List.copyOf(retrainings);
        losses = Map.copyOf(losses);
    }

    public String id() {
        return published.getId();
    }

    public String name() {
        return published.getName();
    }

    public Stage stage() {
        var stage =
                refusal.map(Stage::refused)
                        .orElseGet(() -> Stage.furthest(progress, effects.isPresent()));
        return stage.name().equals(Stage.RETRAIN) && !retrainings.isEmpty()
                ? ofAllRetrainings(stage)
                : stage;
    }

    /** Those included that have not said anything yet. */
    private Stage ofAllRetrainings(Stage stage) {
        return new Stage(
                stage.name(),
                retrainings.stream().mapToLong(this::stepsOf).sum(),
                retrainings.stream().mapToLong(r -> Window.of(r.getWindow()).steps()).sum(),
                stage.unit(),
                stage.message());
    }

    /** Steps of the window that the retraining has behind it. */
    public long stepsOf(Retraining retraining) {
        if (retraining.getState() == RetrainingState.DONE) {
            return Window.of(retraining.getWindow()).steps();
        }
        return progress.stream()
                .filter(said -> said.getStage().equals(Stage.RETRAIN))
                .filter(said -> said.getRetraining().filter(retraining.getId()::equals).isPresent())
                .mapToLong(Progress::getDone)
                .max()
                .orElse(0);
    }

    /** Whether nothing more will come: effects, or a refusal. */
    public boolean isOver() {
        return effects.isPresent() || refusal.isPresent();
    }

    /** How much of all its stages is behind it, from 0 to 1. */
    public double share() {
        if (isOver()) {
            return 1;
        }
        var stage = stage();
        int place = Math.max(0, Stage.ORDER.indexOf(stage.name()));
        double within =
                stage.total() > 0 ? Math.min(1.0, stage.done() / (double) stage.total()) : 0;
        return (place + within) / STAGES;
    }

    /** What its furthest stage does a second, summed over the parts that work at once. */
    public double rate() {
        return ofStage().stream()
                .filter(said -> said.getDone() < said.getTotal())
                .mapToDouble(Progress::getRate)
                .sum();
    }

    /** Seconds until the furthest stage is done, where that is known. */
    public Optional<Double> secondsLeft() {
        var stage = stage();
        double rate = rate();
        long left = stage.total() - stage.done();
        return rate > 0 && left > 0 && !isOver() ? Optional.of(left / rate) : Optional.empty();
    }

    private List<Progress> ofStage() {
        var name = stage().name();
        return progress.stream().filter(said -> said.getStage().equals(name)).toList();
    }

    public long retrained() {
        return retrainings.stream().filter(r -> r.getState() == RetrainingState.DONE).count();
    }

    /** Losses in training order; none before the first step. */
    public List<LossPoint> lossesOf(Retraining retraining) {
        return retraining.getLosses().isEmpty()
                ? losses.getOrDefault(Keys.retraining(retraining.getId()), List.of())
                : retraining.getLosses();
    }
}
