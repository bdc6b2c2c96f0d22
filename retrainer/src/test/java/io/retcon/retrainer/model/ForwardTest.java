package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.engine.TestingGradient;
import io.retcon.schemas.testing.SeededTest;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@EngineContract
class ForwardTest {
    static Stream<String> configs() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void agreesWithThePublishedFormulas(String config) {
        check(config, new Random(3));
    }

    /** Any widths, heads, ties and biases that a config may ask for. */
    @SeededTest(tries = 60)
    void agreesWithThePublishedFormulasInAnyShape(Random random) {
        check(shape(random), random);
    }

    /** The gradient's length and slopes, against central differences of the published formulas. */
    @SeededTest(tries = 25)
    void gradientsAreTheSlopesOfThePublishedFormulas(Random random) {
        // Given
        var json = shape(random);
        var config = ModelConfig.parse(json, "test");
        var tokens = random.ints(2 + random.nextInt(12), 0, config.vocabulary()).toArray();
        var example = Example.nextTokens(tokens);
        try (var model = LanguageModel.fresh(config, 4)) {
            move(model, random);
            // When
            var gradient = TestingGradient.of(model, List.of(example), 0, "").values();
            // Then
            double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
            var along = Arrays.stream(gradient).map(g -> g / norm).toArray();
            assertThat(slope(model, example, along)).as(json).isCloseTo(norm, within(1e-4 * norm));
            var any = random.doubles(gradient.length, -1, 1).toArray();
            double length = Math.sqrt(Arrays.stream(any).map(d -> d * d).sum());
            double expected = 0;
            for (int i = 0; i < any.length; i++) {
                any[i] /= length;
                expected += any[i] * gradient[i];
            }
            assertThat(slope(model, example, any))
                    .as(json)
                    .isCloseTo(expected, within(1e-4 * norm));
        }
    }

    private static double slope(LanguageModel model, Example example, double[] direction) {
        double step = 1e-5;
        var up = Arrays.stream(direction).map(d -> step * d).toArray();
        var down = Arrays.stream(direction).map(d -> -step * d).toArray();
        double higher = new PlainModel(model, up).loss(example);
        return (higher - new PlainModel(model, down).loss(example)) / (2 * step);
    }

    private static String shape(Random random) {
        int shared = 1 + random.nextInt(3);
        int heads = shared * (1 + random.nextInt(3));
        int headWidth = 2 * (1 + random.nextInt(10));
        var common =
                """
                "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": 300,
                "initializer_range": 0.2, "tie_word_embeddings": %b, "attention_bias": %b
                """;
        boolean tied = random.nextBoolean();
        boolean biased = random.nextBoolean();
        int inner = 1 + random.nextInt(70);
        int blocks = 1 + random.nextInt(3);
        int vocabulary = 2 + random.nextInt(90);
        return switch (random.nextInt(3)) {
            case 0 ->
                    """
                    {"model_type": "gpt_neox", "rotary_pct": %s, "use_parallel_residual": %b, %s}
                    """
                            .formatted(
                                    headWidth % 8 == 0 ? "0.25" : "1.0",
                                    random.nextBoolean(),
                                    common.formatted(
                                            heads * headWidth,
                                            blocks,
                                            heads,
                                            inner,
                                            vocabulary,
                                            tied,
                                            biased));
            case 1 ->
                    """
                    {"model_type": "llama", "num_key_value_heads": %d, "head_dim": %d,
                     "mlp_bias": %b, "rope_theta": 500.0, %s}
                    """
                            .formatted(
                                    shared,
                                    headWidth,
                                    random.nextBoolean(),
                                    common.formatted(
                                            1 + random.nextInt(60),
                                            blocks,
                                            heads,
                                            inner,
                                            vocabulary,
                                            tied,
                                            biased));
            default ->
                    """
                    {"model_type": "olmo2", "num_key_value_heads": %d, %s}
                    """
                            .formatted(
                                    shared,
                                    common.formatted(
                                            heads * headWidth,
                                            blocks,
                                            heads,
                                            inner,
                                            vocabulary,
                                            tied,
                                            biased));
        };
    }

    /** Gains and biases other than 1 and 0. */
    private static void move(LanguageModel model, Random random) {
        for (var p : model.layout().parameters()) {
            for (long i = p.offset(); i < p.end() && p.shape().size() == 1; i++) {
                model.weights()
                        .set(i, (float) (model.weights().get(i) + random.nextGaussian() / 4));
            }
        }
    }

    private static Answers answers(LanguageModel model, Random random) {
        move(model, random);
        return Engine.here().answers(model, Compute.cpu(1));
    }

    private static void check(String json, Random random) {
        // Given
        var config = ModelConfig.parse(json, "test");
        try (var model = LanguageModel.fresh(config, 1);
                var answers = answers(model, random)) {
            int length = 1 + random.nextInt(150);
            var text = random.ints(length, 0, config.vocabulary()).toArray();
            // When
            var every =
                    IntStream.range(0, config.vocabulary())
                            .mapToObj(token -> new Prompt.Ask(-1, token))
                            .toList();
            var found = answers.of(List.of(new Prompt(text, List.of(), List.of(), every)));
            // Then
            var expected = new PlainModel(model).logProbabilities(text)[length - 1];
            assertThat(found.getFirst()).as(json).containsExactly(expected, Offset.offset(2e-4));
        }
    }
}
