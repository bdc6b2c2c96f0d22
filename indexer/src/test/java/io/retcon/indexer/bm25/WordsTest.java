package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

class WordsTest {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    /** All lengths of UTF-8; letters, numbers, marks and others; those that change their length. */
    private static final int[] CHARACTERS =
            "abzAZ09_ @[`{/:-.,\u007Féß×÷ÉİΣσςⅣ²½日本\u0301\u200D’“😀𝔸𐐀ẞK".codePoints().toArray();

    private final Words words = new Words();

    @SeededTest(tries = 2000)
    void equalTheExpression(Random random) {
        // Given
        int letters = 1 + random.nextInt(CHARACTERS.length);
        int asciiOf = random.nextInt(4);
        var text = new StringBuilder();
        for (int i = random.nextInt(random.nextBoolean() ? 20 : 400); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(4) < asciiOf
                            ? 1 + random.nextInt(127)
                            : CHARACTERS[random.nextInt(letters)]);
        }
        // When, Then
        assertThat(found(text.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected(text.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 63, 64, 65, 127, 128, 129})
    void aWordThatFillsTheTextEndsWithIt(int length) {
        assertThat(found("a".repeat(length).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(length < 2 ? List.of() : List.of("a".repeat(length)));
    }

    @SeededTest(tries = 500)
    void brokenTextsAreReadAsTheirReplacement(Random random) {
        // Given
        var bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        // When, Then
        assertThat(found(bytes)).isEqualTo(expected(new String(bytes, StandardCharsets.UTF_8)));
    }

    private List<String> found(byte[] utf8) {
        var found = new ArrayList<String>();
        words.read(utf8);
        while (words.next()) {
            found.add(new String(words.copy(), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static List<String> expected(String text) {
        return WORD.matcher(SpelledLowerCase.of(text))
                .results()
                .map(match -> match.group())
                .filter(word -> word.codePointCount(0, word.length()) > 1)
                .toList();
    }
}
