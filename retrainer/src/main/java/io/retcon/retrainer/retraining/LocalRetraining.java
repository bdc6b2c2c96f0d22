package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.training.StepReport;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Trains on all the steps of one token file, which go on where the trainer is: the file's first
 * step is the next history step.
 */
public final class LocalRetraining implements AutoCloseable {
    private final Path path;
    private final TokenFile history;

    /**
     * @param history npy, [steps][sequences][tokens]
     */
    public LocalRetraining(Path history) {
        this.path = requireNonNull(history, "history is null");
        this.history = TokenFile.openNpy(history);
        var shape = this.history.shape();
        if (shape.length != 3 || shape[1] < 1 || shape[2] < 2 || shape[1] * shape[2] > 1 << 30) {
            close();
            throw new RefusedInput(
                    "%s has shape %s: [steps][sequences][tokens] is expected, with two tokens or more"
                            .formatted(history, Arrays.toString(shape)));
        }
    }

    /** Steps in the file. */
    public long steps() {
        return history.shape()[0];
    }

    /** Tokens in each of them. */
    public long tokensPerStep() {
        return history.shape()[1] * history.shape()[2];
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
            var sequences = step(s);
            long start = System.nanoTime();
            StepReport report;
            try {
                report = trainer.step(sequences);
            } catch (RefusedInput e) {
                throw new RefusedInput("%s: %s".formatted(path, e.getMessage()), e);
            }
            done.accept(Step.of(report, System.nanoTime() - start));
        }
    }

    private int[][] step(long step) {
        int sequences = Math.toIntExact(history.shape()[1]);
        int tokens = Math.toIntExact(history.shape()[2]);
        var batch = new int[sequences][];
        for (int s = 0; s < sequences; s++) {
            batch[s] = history.tokens((step * sequences + s) * tokens, tokens);
        }
        return batch;
    }

    @Override
    public void close() {
        history.close();
    }
}
