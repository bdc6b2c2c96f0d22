package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.retcon.retrainer.GoldenModel;
import io.retcon.retrainer.engine.EngineContract;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EngineContract
class GoldenTrainingTest {
    private static final double TOLERANCE_PERCENT = 0.01;

    @ParameterizedTest
    @CsvSource({"olmo2,1", "olmo2,2", "llama_gqa_tied,1", "gpt_neox,1", "gpt_neox,3"})
    void trainsLikePyTorch(String name, int threads) {
        // Given
        var golden = GoldenModel.read(name);
        var train = golden.expected().path("train");
        var start = OptimizerStart.COLD_IF_ABSENT;
        try (var trainer = Trainer.open(golden.checkpoint(), golden.recipe(), start, threads)) {
            for (int step = 0; step < train.path("batches").size(); step++) {
                // When
                var report = trainer.step(golden.batch(step));
                // Then
                assertThat(report.loss())
                        .isCloseTo(
                                train.path("losses").path(step).asDouble(),
                                withPercentage(TOLERANCE_PERCENT));
                assertThat(report.gradientNorm())
                        .isCloseTo(
                                train.path("grad_norms").path(step).asDouble(),
                                withPercentage(TOLERANCE_PERCENT));
            }
            for (var parameter : trainer.model().layout().parameters()) {
                assertThat(norm(trainer, parameter.offset(), parameter.end()))
                        .as(parameter.name())
                        .isCloseTo(
                                train.path("weight_l2").path(parameter.name()).asDouble(),
                                withPercentage(TOLERANCE_PERCENT));
            }
        }
    }

    private static double norm(Trainer trainer, long from, long to) {
        double sum = 0;
        for (long i = from; i < to; i++) {
            double weight = trainer.model().weights().get(i);
            sum += weight * weight;
        }
        return Math.sqrt(sum);
    }
}
