package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.engine.TestingGradient;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

@EngineContract
class VisibilityTest {
    private static final int EOS = 7;

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
        try (var model = LanguageModel.fresh(ModelConfig.parse(config, "test"), 2)) {
            // When
            var masked = TestingGradient.of(model, List.of(sequence), 0.01, "");
            var alone =
                    TestingGradient.of(
                            model, documents.stream().map(Example::nextTokens).toList(), 0.01, "");
            // Then
            assertThat(masked.loss()).isCloseTo(alone.loss(), Offset.offset(1e-3));
            for (var p : model.layout().parameters()) {
                for (int i = (int) p.offset(); i < p.end(); i++) {
                    double expected = alone.values()[i];
                    assertThat(masked.values()[i])
                            .as(p.name())
                            .isCloseTo(expected, Offset.offset(2e-3 * (1 + Math.abs(expected))));
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
