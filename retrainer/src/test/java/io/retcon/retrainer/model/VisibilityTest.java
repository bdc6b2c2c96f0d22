package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TinyModels;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class VisibilityTest {
    private static final int EOS = 7;
    private static final int TOGETHER = Integer.MAX_VALUE;

    static Stream<String> configs() {
        return TinyModels.all();
    }

    @Test
    void documentsEndWithTheirEos() {
        // When
        var example = Example.nextTokens(new int[] {EOS, 1, 2, EOS, 3, EOS}).withinDocuments(EOS);
        // Then
        assertThat(example.starts()).containsExactly(0, 1, 4);
        assertThat(example.targets()).containsExactly(1, 2, EOS, 3, EOS, -1);
    }

    /** Masked, documents in one sequence are what they are as sequences of their own. */
    @ParameterizedTest
    @MethodSource("configs")
    void maskedDocumentsDoNotSeeEachOther(String config) {
        // Given
        var random = new SplittableRandom(9);
        var documents = Stream.of(70, 1, 13, 36).map(length -> document(random, length)).toList();
        var sequence =
                Example.nextTokens(documents.stream().flatMapToInt(Arrays::stream).toArray())
                        .withinDocuments(EOS);
        for (int i = 1; i < sequence.starts().length; i++) {
            sequence.targets()[sequence.starts()[i] - 1] = -1;
        }
        try (var model = LanguageModel.fresh(ModelConfig.parse(config, "test"), 2);
                var whole = new GradientPass(model, 200, 130);
                var apart = new GradientPass(model, 200, 130)) {
            // When
            var masked = whole.run(List.of(sequence), 0.01, 1, TOGETHER);
            var alone =
                    apart.run(
                            documents.stream().map(Example::nextTokens).toList(),
                            0.01,
                            1,
                            TOGETHER);
            // Then
            assertThat(masked.total()).isCloseTo(alone.total(), Offset.offset(1e-3));
            for (var p : model.layout().parameters()) {
                for (long i = p.offset(); i < p.end(); i++) {
                    assertThat(whole.gradients().get(i))
                            .as(p.name())
                            .isCloseTo(
                                    apart.gradients().get(i),
                                    Offset.offset(
                                            2e-3f * (1 + Math.abs(apart.gradients().get(i)))));
                }
            }
        }
    }

    private static int[] document(SplittableRandom random, int length) {
        var tokens = random.ints(length, EOS + 1, TinyModels.VOCABULARY).toArray();
        tokens[length - 1] = EOS;
        return tokens;
    }
}
