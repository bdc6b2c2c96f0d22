package io.retcon.retrainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Precision;
import io.retcon.retrainer.engine.TestingGradient;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class LibtorchEngineTest {
    static Stream<String> configs() {
        return TinyModels.all();
    }

    @Test
    void isThisClassPathsEngine() {
        assertThat(Engine.here().name()).isEqualTo("libtorch");
    }

    @ParameterizedTest
    @MethodSource("configs")
    void blocksComputedAgainGiveTheSameGradient(String config) {
        // Given
        var random = new SplittableRandom(4);
        var tokens = random.ints(40, 1, TinyModels.VOCABULARY).toArray();
        tokens[17] = 0;
        var examples =
                List.of(
                        Example.nextTokens(tokens).withinDocuments(0),
                        Example.nextTokens(random.ints(23, 1, TinyModels.VOCABULARY).toArray()));
        try (var model = LanguageModel.fresh(ModelConfig.parse(config, "test"), 6)) {
            // When
            var kept = TestingGradient.of(model, examples, 0.01, "");
            var again =
                    TestingGradient.of(
                            model, examples, 0.01, ", \"activation_checkpointing\": true");
            // Then
            assertThat(again.loss()).isEqualTo(kept.loss());
            assertThat(again.values()).containsExactly(kept.values(), within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void bfloat16IsNearThirtyTwoBits(String config) {
        // Given
        var wide = Compute.cpu(1);
        var narrow = new Compute(Compute.CPU, Precision.BF16, 1);
        try (var exact = Trainer.fresh(config, recipe(), 3, wide);
                var rounded = Trainer.fresh(config, recipe(), 3, narrow)) {
            for (int step = 0; step < 3; step++) {
                var random = new SplittableRandom(step);
                var batch = new int[][] {random.ints(50, 0, TinyModels.VOCABULARY).toArray()};
                // When
                var expected = exact.step(batch);
                var found = rounded.step(batch);
                // Then
                assertThat(found.loss())
                        .isCloseTo(expected.loss(), within(0.02 * expected.loss()))
                        .isNotEqualTo(expected.loss());
            }
        }
    }

    @Test
    void aGpuThatIsNotThereIsRefusedInOneSentence() {
        // When, Then
        var compute = new Compute("cuda:63", Precision.BF16, 1);
        assertThatThrownBy(() -> Engine.here().require(compute))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("device cuda:63: ");
    }

    private static Recipe recipe() {
        return Recipe.parse("{\"learning_rate\": 0.001, \"schedule\": \"constant\"}", "test");
    }
}
