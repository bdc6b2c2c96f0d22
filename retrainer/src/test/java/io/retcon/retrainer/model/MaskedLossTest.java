package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.engine.TestingGradient;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A mask takes tokens' gradients away and changes no other's weight, in every engine. */
@EngineContract
class MaskedLossTest {
    private static final double STEP = 1e-4;
    private static final long SEED = 5;

    static Stream<String> configs() {
        return TinyModels.all();
    }

    /**
     * Against the published formulas in double precision: the slope along the gradient is its norm,
     * and only along the gradient.
     */
    @ParameterizedTest
    @MethodSource("configs")
    void lossAndGradientAreDividedByAllTargets(String config) {
        // Given
        var random = new SplittableRandom(SEED);
        var batch = batch(random);
        var counted = counted(random, batch);
        int all = Arrays.stream(batch).mapToInt(row -> row.length - 1).sum();
        try (var trainer = Trainer.fresh(config, recipe(), SEED, 1);
                var model = LanguageModel.fresh(ModelConfig.parse(config, "test"), SEED)) {
            var examples = examples(batch, counted);
            var gradient = TestingGradient.of(model, examples, 0, "").values();
            double length = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
            double up = loss(model, examples, gradient, STEP / length);
            double down = loss(model, examples, gradient, -STEP / length);
            // When
            var report = trainer.step(batch, counted);
            // Then
            double loss = loss(model, examples, gradient, 0) / all;
            assertThat(report.loss()).isCloseTo(loss, within(1e-4 * loss));
            double slope = (up - down) / (2 * STEP) / all;
            assertThat(report.gradientNorm()).isCloseTo(slope, within(1e-3 * slope));
        }
    }

    @Test
    void aStepWhoseTokensAreAllMaskedMovesNothingButByTheOptimizer() {
        // Given
        var batch = batch(new SplittableRandom(SEED));
        var counted = new boolean[batch.length][];
        Arrays.setAll(counted, s -> new boolean[batch[s].length]);
        try (var trainer = Trainer.fresh(TinyModels.OLMO2, recipe(), SEED, 1)) {
            // When
            var report = trainer.step(batch, counted);
            // Then
            assertThat(report.loss()).isZero();
            assertThat(report.gradientNorm()).isZero();
        }
    }

    private static double loss(
            LanguageModel model, List<Example> examples, double[] direction, double by) {
        var shift = Arrays.stream(direction).map(d -> d * by).toArray();
        var plain = new PlainModel(model, shift);
        return examples.stream().mapToDouble(plain::loss).sum();
    }

    private static List<Example> examples(int[][] batch, boolean[][] counted) {
        var examples = new ArrayList<Example>();
        for (int s = 0; s < batch.length; s++) {
            var example = Example.nextTokens(batch[s]);
            for (int t = 1; t < batch[s].length; t++) {
                example.targets()[t - 1] = counted[s][t] ? batch[s][t] : -1;
            }
            examples.add(example);
        }
        return examples;
    }

    private static int[][] batch(SplittableRandom random) {
        return new int[][] {
            random.ints(9, 0, TinyModels.VOCABULARY).toArray(),
            random.ints(21, 0, TinyModels.VOCABULARY).toArray()
        };
    }

    /** A third is masked. */
    private static boolean[][] counted(SplittableRandom random, int[][] batch) {
        var counted = new boolean[batch.length][];
        for (int s = 0; s < batch.length; s++) {
            counted[s] = new boolean[batch[s].length];
            for (int t = 0; t < counted[s].length; t++) {
                counted[s][t] = random.nextInt(3) > 0;
            }
        }
        return counted;
    }

    private static Recipe recipe() {
        return Recipe.parse(
                "{\"learning_rate\": 0.001, \"schedule\": \"constant\", \"z_loss_multiplier\": 0}",
                "test");
    }
}
