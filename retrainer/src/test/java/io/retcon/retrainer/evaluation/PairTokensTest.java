package io.retcon.retrainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.tokenizer.TestingTokenizers;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

class PairTokensTest {
    /** It has ': C' and ': Ca' as tokens. */
    private static final Path SPANNING =
            Path.of("src", "test", "resources", "tokenizers", "spanning.json");

    private static final Tokenizer BYTES = Tokenizer.ofFile(TestingTokenizers.file("byte-level"));

    @AfterAll
    static void close() {
        BYTES.close();
    }

    /** Case 12 of the public reports. */
    @Test
    void aChoiceWhoseFirstTokenSpansTheBoundaryKeepsAllItsCharacters() {
        // Given
        try (var tokenizer = Tokenizer.ofFile(SPANNING)) {
            var pairs = new PairTokens(tokenizer, OptionalInt.empty());
            // When
            var question = pairs.question("Answer:", List.of(" Cat", " Cab", " Dog", " C"));
            // Then
            assertThat(question.context()).containsExactly(3, 4, 5, 6, 7, 8, 9);
            assertThat(question.choices().get(0)).containsExactly(10, 11, 12, 13);
            assertThat(question.choices().get(1)).containsExactly(10, 11, 12, 22);
            assertThat(question.choices().get(2)).containsExactly(tokenizer.encode(" Dog"));
            assertThat(question.choices().get(3)).containsExactly(10, 11);
        }
    }

    @Test
    void gptNeoXKeepsTheBeginningsOfWordsThatGoOn() {
        // Given
        var file = Path.of("..", "..", "shared", "data", "tokenizers", "gpt-neox-20b.json");
        assumeTrue(Files.exists(file), () -> file + " is absent");
        try (var tokenizer = Tokenizer.ofFile(file)) {
            var pairs = new PairTokens(tokenizer, tokenizer.eos());
            // When
            var question = pairs.question("hello wor", List.of("ld is here", "k is here"));
            var swallowed = pairs.question("Ans", List.of("wer", " x"));
            // Then
            assertThat(question.choices().get(0)).containsExactly(tokenizer.encode("ld is here"));
            assertThat(question.choices().get(1)).containsExactly(tokenizer.encode("k is here"));
            assertThat(swallowed.choices().get(0)).containsExactly(tokenizer.encode("wer"));
            assertThat(swallowed.choices().get(1)).containsExactly(tokenizer.encode(" x"));
        }
    }

    @SeededTest(tries = 200)
    void choicesThatDifferHaveTokensThatDiffer(Random random) {
        // Given
        var pairs = new PairTokens(BYTES, OptionalInt.of(0));
        var context = TestingTokenizers.text(random);
        var first = "x" + TestingTokenizers.text(random);
        var second = "x" + TestingTokenizers.text(random);
        // When
        var choices = pairs.question(context, List.of(first, second)).choices();
        // Then
        assertThat(Arrays.equals(choices.get(0), choices.get(1)))
                .isEqualTo(normalized(first).equals(normalized(second)));
    }

    private static String normalized(String text) {
        return Normalizer.normalize(BYTES.decode(BYTES.encode(text)), Normalizer.Form.NFC);
    }
}
