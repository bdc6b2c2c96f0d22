package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.SplittableRandom;

@EngineContract
class MicroBatchTest {
    private static final int SEQUENCES = 7;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "6, 1", "1, 3"})
    void gradientsAddUpToTheSameResult(int microBatch, int threads) {
        // Given
        try (var whole = trainer("", threads);
                var parts = trainer(", \"micro_batch\": " + microBatch, threads)) {
            for (int step = 0; step < 4; step++) {
                // When
                var expected = whole.step(batch(step));
                var found = parts.step(batch(step));
                // Then
                assertThat(found.loss()).isCloseTo(expected.loss(), withPercentage(1e-3));
                assertThat(found.gradientNorm())
                        .isCloseTo(expected.gradientNorm(), withPercentage(1e-2));
            }
        }
    }

    /** Where nothing is cut, no bit changes. */
    @ParameterizedTest
    @CsvSource({"7, 1", "7, 2", "99, 1"})
    void microBatchesOfAllSequencesChangeNoBit(int microBatch, int threads) {
        // Given
        try (var whole = trainer("", threads);
                var parts = trainer(", \"micro_batch\": " + microBatch, threads)) {
            for (int step = 0; step < 3; step++) {
                // When
                var expected = whole.step(batch(step));
                var found = parts.step(batch(step));
                // Then
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    private static Trainer trainer(String more, int threads) {
        var recipe =
                Recipe.parse(
                        """
                        {"learning_rate": 0.01, "warmup_steps": 2, "t_max": 20,
                         "max_grad_norm": 1.0, "z_loss_multiplier": 1e-4%s}
                        """
                                .formatted(more),
                        "test");
        return Trainer.fresh(TinyModels.LLAMA, recipe, 3, threads);
    }

    private static int[][] batch(int step) {
        var random = new SplittableRandom(step);
        var batch = new int[SEQUENCES][];
        Arrays.setAll(batch, s -> random.ints(10 + 5 * s, 0, TinyModels.VOCABULARY).toArray());
        return batch;
    }
}
