package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.training.StepReport;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Trains on all the steps of a history in files, which go on where the trainer is: its first step
 * is the next history step.
 */
public final class LocalRetraining implements AutoCloseable {
    private final Path path;
    private final LocalHistory history;

    /**
     * @param history npy, [steps][sequences][tokens], or a folder that {@code export history} wrote
     */
    public LocalRetraining(Path history) {
        this.path = requireNonNull(history, "history is null");
        this.history = LocalHistory.open(history);
    }

    /** Steps in the history. */
    public long steps() {
        return history.steps();
    }

    /** Tokens in each of them. */
    public long tokensPerStep() {
        return history.tokensPerStep();
    }

    /**
     * What a step was like.
     *
     * @param loss mean cross-entropy in nats, before the update
     * @param gradientNorm global norm before clipping
     */
    public record Step(
            long step,
            double loss,
            double gradientNorm,
            double learningRate,
            double tokensPerSecond) {
        static Step of(StepReport report, long nanos) {
            return new Step(
                    report.step(),
                    report.loss(),
                    report.gradientNorm(),
                    report.learningRate(),
                    report.tokens() * 1e9 / nanos);
        }
    }

    /**
     * Trains on every step in order.
     *
     * @throws RefusedInput if a step cannot be trained on; the trainer is as it was before it
     */
    public void run(Trainer trainer, Consumer<Step> done) {
        for (long s = 0; s < steps(); s++) {
            var tokens = history.step(s);
            long start = System.nanoTime();
            StepReport report;
            try {
                report = trainer.step(tokens.sequences(), tokens.counted());
            } catch (RefusedInput e) {
                throw new RefusedInput("%s: %s".formatted(path, e.getMessage()), e);
            }
            done.accept(Step.of(report, System.nanoTime() - start));
        }
    }

    @Override
    public void close() {
        history.close();
    }
}
