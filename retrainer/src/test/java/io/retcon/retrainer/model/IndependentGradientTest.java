package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.TinyModels;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Every family's backward pass against another's automatic differentiation. */
class IndependentGradientTest {
    private static final long SEED = 41;
    private static final double Z = 0.01;
    private static final double RELATIVE = 1e-4;

    static Stream<String> configs() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void gradientsAreThoseOfSameDiff(String json) {
        // Given
        var random = new Random(SEED);
        var config = ModelConfig.parse(json, "test");
        var examples = examples(random);
        double weight = 1.0 / examples.stream().mapToInt(e -> e.tokens().length - 1).sum();
        try (var model = LanguageModel.fresh(config, SEED);
                var pass = new GradientPass(model, 120, 80)) {
            moveGainsAndBiases(model, random);
            var other = new SameDiffModel(model, examples, Z, weight);
            // When
            double loss = pass.run(examples, Z, weight, examples.size()).total() * weight;
            var theirs = other.gradients();
            // Then
            assertThat(loss).isCloseTo(other.loss(), within(RELATIVE * loss));
            for (var parameter : model.layout().parameters()) {
                assertClose(parameter, pass, theirs.get(parameter.name()));
            }
        }
    }

    private static void assertClose(Parameter parameter, GradientPass pass, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(parameter.name()).isPositive();
        assertThat(parameter.length()).as(parameter.name()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) pass.gradients().get(parameter.offset() + i))
                    .as("%s[%d], seed %d", parameter.name(), i, SEED)
                    .isCloseTo(expected[i], within(RELATIVE * largest));
        }
    }

    /**
     * Longer than a block of attention; a target left out; documents that do not see each other.
     */
    private static List<Example> examples(Random random) {
        var whole = Example.nextTokens(random.ints(70, 1, TinyModels.VOCABULARY).toArray());
        whole.targets()[5] = -1;
        var tokens = random.ints(30, 1, TinyModels.VOCABULARY).toArray();
        tokens[11] = 0;
        return List.of(whole, Example.nextTokens(tokens).withinDocuments(0));
    }

    /** From 1 and 0. */
    private static void moveGainsAndBiases(LanguageModel model, Random random) {
        for (var p : model.layout().parameters()) {
            for (long i = p.offset(); i < p.end() && p.shape().size() == 1; i++) {
                float moved = model.weights().get(i) + (float) random.nextGaussian() / 4;
                model.weights().set(i, moved);
            }
        }
    }
}
