package io.retcon.retrainer.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

class Nd4jSharesTest {
    /** Seven sequences on two threads are shares of three and four. */
    @Test
    void aMicroBatchAsLargeAsAThreadsShareChangesNoBit() {
        // Given
        try (var whole = trainer("");
                var parts = trainer(", \"micro_batch\": 4")) {
            for (int step = 0; step < 3; step++) {
                // When
                var expected = whole.step(batch(step));
                var found = parts.step(batch(step));
                // Then
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    private static Trainer trainer(String more) {
        var recipe =
                Recipe.parse(
                        "{\"learning_rate\": 0.01, \"schedule\": \"constant\"%s}".formatted(more),
                        "test");
        return Trainer.fresh(TinyModels.LLAMA, recipe, 3, 2);
    }

    private static int[][] batch(int step) {
        var random = new SplittableRandom(step);
        var batch = new int[7][];
        Arrays.setAll(batch, s -> random.ints(10 + 5 * s, 0, TinyModels.VOCABULARY).toArray());
        return batch;
    }
}
