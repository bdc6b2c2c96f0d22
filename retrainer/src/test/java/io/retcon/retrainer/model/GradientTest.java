package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TinyModels;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class GradientTest {
    private static final float STEP = 4e-3f;

    static Stream<String> configs() {
        return TinyModels.all();
    }

    /** The slope along a random direction of each tensor, against central differences. */
    @ParameterizedTest
    @MethodSource("configs")
    void gradientsAreTheSlopesOfTheLoss(String config) {
        // Given
        var random = new SplittableRandom(17);
        var examples = examples(random);
        int targets = examples.stream().mapToInt(e -> e.tokens().length - 1).sum();
        double z = 0.01;
        try (var model = LanguageModel.fresh(ModelConfig.parse(config, "test"), 2);
                var pass = new GradientPass(model, 200, 90)) {
            for (var parameter : model.layout().parameters()) {
                var direction =
                        random.doubles(parameter.length(), -1, 1)
                                .map(d -> d / Math.sqrt(parameter.length() / 3.0))
                                .toArray();
                // When
                pass.run(examples, z, 1.0 / targets, 2);
                double slope = 0;
                for (int i = 0; i < direction.length; i++) {
                    slope += direction[i] * pass.gradients().get(parameter.offset() + i);
                }
                // Then
                double up = lossAlong(model, pass, examples, parameter, direction, STEP, z);
                double down = lossAlong(model, pass, examples, parameter, direction, -STEP, z);
                double measured = (up - down) / (2 * STEP) / targets;
                assertThat(slope)
                        .as(parameter.name())
                        .isCloseTo(measured, Offset.offset(5e-4 * (1 + Math.abs(measured))));
            }
        }
    }

    private static double lossAlong(
            LanguageModel model,
            GradientPass pass,
            List<Example> examples,
            Parameter parameter,
            double[] direction,
            float step,
            double z) {
        var saved = new float[direction.length];
        for (int i = 0; i < direction.length; i++) {
            saved[i] = model.weights().get(parameter.offset() + i);
            model.weights().set(parameter.offset() + i, (float) (saved[i] + step * direction[i]));
        }
        double loss = pass.run(examples, z, 1, 2).total();
        for (int i = 0; i < direction.length; i++) {
            model.weights().set(parameter.offset() + i, saved[i]);
        }
        return loss;
    }

    /** Lengths around the block of attention, one token not counted. */
    private static List<Example> examples(SplittableRandom random) {
        var examples = new ArrayList<Example>();
        for (int length : new int[] {7, 64, 83}) {
            examples.add(
                    Example.nextTokens(random.ints(length, 0, TinyModels.VOCABULARY).toArray()));
        }
        examples.getFirst().targets()[2] = -1;
        return examples;
    }
}
