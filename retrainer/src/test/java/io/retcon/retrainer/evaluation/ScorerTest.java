package io.retcon.retrainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.schemas.RefusedInput;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@EngineContract
class ScorerTest {
    static Stream<String> configs() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void sharedWorkChangesNoScore(String config) {
        // Given
        var random = new SplittableRandom(7);
        try (var model = model(config);
                var scorer = new Scorer(model, 2)) {
            var questions = new ArrayList<Question>();
            for (int i = 0; i < 40; i++) {
                int choices = 1 + random.nextInt(30);
                questions.add(
                        new Question(
                                tokens(random, 1 + random.nextInt(90)),
                                Stream.generate(() -> tokens(random, 1 + random.nextInt(4)))
                                        .limit(choices)
                                        .toList()));
            }
            // When
            var together = scorer.logLikelihoods(questions);
            // Then
            for (int i = 0; i < questions.size(); i++) {
                for (int c = 0; c < together.get(i).length; c++) {
                    var question = questions.get(i);
                    assertThat(together.get(i)[c])
                            .isCloseTo(
                                    oneByOne(scorer, question.context(), question.choices().get(c)),
                                    Offset.offset(2e-4));
                }
            }
        }
    }

    /** Feeds the choice a token at a time, as if nothing could be shared. */
    private static double oneByOne(Scorer scorer, int[] context, int[] choice) {
        double sum = 0;
        var text = context;
        for (int token : choice) {
            sum += scorer.logLikelihoods(List.of(single(text, token))).getFirst()[0];
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = token;
        }
        return sum;
    }

    private static Question single(int[] text, int token) {
        return new Question(text, List.of(new int[] {token}));
    }

    @Test
    void probabilitiesOfAllNextTokensSumToOne() {
        // Given
        try (var model = model(TinyModels.LLAMA);
                var scorer = new Scorer(model, 1)) {
            var every =
                    IntStream.range(0, model.config().vocabulary())
                            .mapToObj(token -> new int[] {3, token})
                            .toList();
            var first = single(new int[] {1, 2}, 3);
            // When
            var logs = scorer.logLikelihoods(List.of(new Question(new int[] {1, 2}, every), first));
            // Then
            double sum = Arrays.stream(logs.getFirst()).map(Math::exp).sum();
            assertThat(Math.log(sum)).isCloseTo(logs.getLast()[0], Offset.offset(1e-5));
        }
    }

    @Test
    void contextTooLongLosesItsBeginning() {
        // Given
        try (var model = model(TinyModels.OLMO2);
                var scorer = new Scorer(model, 1)) {
            int positions = model.config().sizes().positions();
            var context = tokens(new SplittableRandom(3), positions + 10);
            var choices = List.of(new int[] {5}, new int[] {5, 6, 7});
            // When
            var logs = scorer.logLikelihoods(List.of(new Question(context, choices))).getFirst();
            // Then
            int end = context.length;
            var last = Arrays.copyOfRange(context, end - positions, end);
            assertThat(logs[0])
                    .isCloseTo(oneByOne(scorer, last, choices.getFirst()), Offset.offset(1e-4));
            var shorter = Arrays.copyOfRange(context, end - (positions - 2), end);
            assertThat(logs[1])
                    .isCloseTo(oneByOne(scorer, shorter, choices.get(1)), Offset.offset(1e-4));
        }
    }

    @Test
    void threadsChangeNoBit() {
        // Given
        var random = new SplittableRandom(11);
        try (var model = model(TinyModels.GPT_NEOX);
                var one = new Scorer(model, 1);
                var three = new Scorer(model, 3)) {
            var questions =
                    Stream.generate(
                                    () ->
                                            new Question(
                                                    tokens(random, 60),
                                                    List.of(tokens(random, 1), tokens(random, 3))))
                            .limit(150)
                            .toList();
            // When
            var alone = one.logLikelihoods(questions);
            var shared = three.logLikelihoods(questions);
            // Then
            for (int i = 0; i < questions.size(); i++) {
                assertThat(shared.get(i)).containsExactly(alone.get(i));
            }
        }
    }

    @Test
    void foreignTokensAreRefused() {
        // Given
        try (var model = model(TinyModels.OLMO2);
                var scorer = new Scorer(model, 1)) {
            // When, Then
            assertThatThrownBy(() -> scorer.logLikelihoods(List.of(single(new int[] {1}, 100_000))))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("token 100000")
                    .hasMessageContaining("vocabulary");
        }
    }

    private static LanguageModel model(String config) {
        return LanguageModel.fresh(ModelConfig.parse(config, "test"), 5);
    }

    private static int[] tokens(SplittableRandom random, int count) {
        return random.ints(count, 0, TinyModels.VOCABULARY).toArray();
    }
}
