package io.retcon.deploy.cli;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Progress;

import java.util.Locale;
import java.util.Optional;

/**
 * How a training goes.
 *
 * @param loss mean cross-entropy of the last step in nats
 * @param tokensPerSecond trained on of late
 * @param secondsLeft where they are known
 */
public record TrainingFigures(double loss, double tokensPerSecond, Optional<Double> secondsLeft) {
    public TrainingFigures {
        requireNonNull(secondsLeft, "secondsLeft is null");
    }

    /** Nothing for progress that is not a training's, or that has no step yet. */
    public static Optional<TrainingFigures> of(Progress progress) {
        return progress.getLoss()
                .map(
                        loss ->
                                new TrainingFigures(
                                        loss,
                                        progress.getTokensPerSecond().orElse(0.0),
                                        progress.getSecondsLeft()));
    }

    /** As in {@code loss 3.142 12,345 tokens/s 0:08 left}. */
    public String text() {
        return String.format(Locale.ROOT, "loss %.3f  %,.0f tokens/s", loss, tokensPerSecond)
                + secondsLeft
                        .filter(seconds -> seconds > 0)
                        .map(s -> "  " + ProgressLine.clock(Math.round(s)) + " left")
                        .orElse("");
    }
}
