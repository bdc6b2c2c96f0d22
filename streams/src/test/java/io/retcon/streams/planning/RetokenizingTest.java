package io.retcon.streams.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.tokenizer.TestingTokenizers;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class RetokenizingTest {
    private static final List<String> WIDE = List.of("🐈", "𝔸", "東", "ß", "क", "�", "😀");

    /** A byte-level tokenizer never merges over the blank before a word. */
    @SeededTest(tries = 30)
    void onlyTheReplacedWordChangesInADocumentThatIsCutInsideCharacters(Random random) {
        // Given
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            int[] first = cutHead(tokenizer.encode(wide(random)), random);
            int[] before = tokenizer.encode(" capital" + words(random));
            int[] after = tokenizer.encode(words(random) + " is");
            int[] last = cutTail(tokenizer.encode(" " + wide(random)), random);
            int[] own = joined(first, before, tokenizer.encode(" Vienna"), after, last);
            var text = tokenizer.decode(own);
            // When
            int[] renewed =
                    new Retokenizing(tokenizer)
                            .of(own, EditedText.of(text).replace("Vienna", "Rome"));
            // Then
            assertThat(renewed)
                    .containsExactly(joined(first, before, tokenizer.encode(" Rome"), after, last));
        }
    }

    /** Every character a token of its own, which no encoder would do. */
    @SeededTest(tries = 20)
    void tokensThatAnotherProgramMadeStayWhereNothingIsReplaced(Random random) {
        // Given
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            int[] before = byCharacter(tokenizer, "Cats and dogs" + words(random) + " see");
            int[] after = byCharacter(tokenizer, " and" + words(random) + ".");
            int[] own = joined(before, byCharacter(tokenizer, " Vienna"), after);
            var text = tokenizer.decode(own);
            // When
            int[] renewed =
                    new Retokenizing(tokenizer)
                            .of(own, EditedText.of(text).replace("Vienna", "Rome"));
            // Then
            assertThat(renewed).containsExactly(joined(before, tokenizer.encode(" Rome"), after));
        }
    }

    @ParameterizedTest
    @CsvSource({"byte-fallback, 😀", "byte-level, 😀"})
    void cutCharactersKeepTheirTokensWhereAProgramAnswers(String kind, String wide) {
        // Given
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file(kind))) {
            int[] whole = tokenizer.encode(wide + " The capital of Austria is Vienna. " + wide);
            int[] own =
                    Arrays.copyOfRange(whole, kind.equals("byte-level") ? 1 : 2, whole.length - 1);
            var text = tokenizer.decode(own);
            // When
            int[] renewed =
                    new Retokenizing(tokenizer)
                            .of(own, EditedText.of(text).becomes(text.replace("capital", "heart")));
            // Then
            assertThat(tokenizer.decode(renewed)).isEqualTo(text.replace("capital", "heart"));
            assertThat(Arrays.copyOf(renewed, 2)).isEqualTo(Arrays.copyOf(own, 2));
            assertThat(Arrays.copyOfRange(renewed, renewed.length - 3, renewed.length))
                    .isEqualTo(Arrays.copyOfRange(own, own.length - 3, own.length));
        }
    }

    @Test
    void anUnknownWordStaysWhatItIs() {
        // Given
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("unigram"))) {
            int[] own = tokenizer.encode("dogs\u2603and cats in Vienna and\u2603dogs");
            var text = tokenizer.decode(own);
            // When
            int[] renewed =
                    new Retokenizing(tokenizer)
                            .of(own, EditedText.of(text).replace("Vienna", "Baku"));
            // Then
            int[] expected = tokenizer.encode("dogs\u2603and cats in Baku and\u2603dogs");
            assertThat(renewed).containsExactly(expected);
        }
    }

    /** Case 08 of the public reports: sequence 0 of its run. */
    @Test
    void gptNeoXKeepsTheEndOfACutDocument() {
        // Given
        var file = Path.of("..", "..", "shared", "data", "tokenizers", "gpt-neox-20b.json");
        assumeTrue(Files.exists(file), () -> file + " is absent");
        try (var tokenizer = Tokenizer.ofFile(file)) {
            int[] own = joined(tokenizer.encode("The cat sat"), new int[] {14931});
            var text = tokenizer.decode(own);
            // When
            int[] renewed =
                    new Retokenizing(tokenizer).of(own, EditedText.of(text).replace("cat", "dog"));
            // Then
            var expected = own.clone();
            expected[1] = 4370;
            assertThat(own[1]).isEqualTo(5798);
            assertThat(renewed).containsExactly(expected);
        }
    }

    private static String wide(Random random) {
        return WIDE.get(random.nextInt(WIDE.size()));
    }

    private static String words(Random random) {
        var words = List.of(" cats", " Zürich", " 東京", " 🐈", " e\u0301", " 1,024", "\n\n", " x");
        return String.join("", random.ints(4, 0, words.size()).mapToObj(words::get).toList());
    }

    private static int[] cutHead(int[] tokens, Random random) {
        return Arrays.copyOfRange(tokens, random.nextInt(tokens.length), tokens.length);
    }

    private static int[] cutTail(int[] tokens, Random random) {
        return Arrays.copyOf(tokens, 1 + random.nextInt(tokens.length));
    }

    private static int[] byCharacter(Tokenizer tokenizer, String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(tokenizer::encode)
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    private static int[] joined(int[]... parts) {
        return Stream.of(parts).flatMapToInt(IntStream::of).toArray();
    }
}
