package io.retcon.retrainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.retrainer.GoldenModel;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.Trainer;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

@EngineContract
class GoldenScoringTest {
    private static final double TOLERANCE_PERCENT = 0.01;

    @ParameterizedTest
    @ValueSource(strings = {"olmo2", "llama_gqa_tied", "gpt_neox"})
    void scoresChoicesLikePyTorch(String name) {
        // Given
        var golden = GoldenModel.read(name);
        var context = GoldenModel.ints(golden.expected().path("context"));
        var choices = List.of(GoldenModel.matrix(golden.expected().path("choices")));
        // When
        double[] logs;
        try (var model = golden.checkpoint().model();
                var scorer = new Scorer(model, 1)) {
            logs = scorer.logLikelihoods(List.of(new Question(context, choices))).getFirst();
        }
        // Then
        for (int i = 0; i < choices.size(); i++) {
            assertThat(logs[i])
                    .isCloseTo(
                            golden.expected().path("choice_loglikelihood").path(i).asDouble(),
                            withPercentage(TOLERANCE_PERCENT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"olmo2", "llama_gqa_tied", "gpt_neox"})
    void hasPyTorchsLastLogits(String name) {
        // Given
        var golden = GoldenModel.read(name);
        try (var model = golden.checkpoint().model()) {
            // When, Then
            assertLogProbabilities(model, golden, golden.expected().path("logits_last"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"olmo2", "llama_gqa_tied", "gpt_neox"})
    void hasPyTorchsLastLogitsAfterSixUpdates(String name) {
        // Given
        var golden = GoldenModel.read(name);
        var start = OptimizerStart.COLD_IF_ABSENT;
        try (var trainer = Trainer.open(golden.checkpoint(), golden.recipe(), start, 1)) {
            var train = golden.expected().path("train");
            for (int step = 0; step < train.path("batches").size(); step++) {
                trainer.step(golden.batch(step));
            }
            // When, Then
            assertLogProbabilities(trainer.model(), golden, train.path("logits_last_after"));
        }
    }

    /** Choices of one token each give the whole row of log-probabilities. */
    private static void assertLogProbabilities(
            LanguageModel model, GoldenModel golden, JsonNode logits) {
        var inputs = GoldenModel.matrix(golden.expected().path("input_ids"));
        var every =
                IntStream.range(0, model.config().vocabulary())
                        .mapToObj(token -> new int[] {token})
                        .toList();
        var questions = new ArrayList<Question>();
        for (int[] input : inputs) {
            questions.add(new Question(input, every));
        }
        try (var scorer = new Scorer(model, 2)) {
            var found = scorer.logLikelihoods(questions);
            for (int i = 0; i < inputs.length; i++) {
                assertThat(found.get(i))
                        .containsExactly(logSoftmax(logits.path(i)), Offset.offset(1e-4));
            }
        }
    }

    private static double[] logSoftmax(JsonNode logits) {
        var values = new double[logits.size()];
        Arrays.setAll(values, i -> logits.path(i).asDouble());
        double log = Math.log(Arrays.stream(values).map(Math::exp).sum());
        return Arrays.stream(values).map(value -> value - log).toArray();
    }
}
