package io.retcon.schemas.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

class TokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "byte-fallback", "unigram", "word-piece"})
    void tokensAndTextsAreThoseOfThePythonLibrary(String kind) throws IOException {
        // Given
        var expected = new ArrayList<JsonNode>();
        var file = TestingTokenizers.file(kind);
        for (var line : Files.readAllLines(file.resolveSibling(kind + ".expected.jsonl"))) {
            expected.add(JSON.readTree(line));
        }
        try (var tokenizer = Tokenizer.ofFile(file)) {
            // When
            var encoded =
                    tokenizer.encode(expected.stream().map(e -> e.path("text").asText()).toList());
            // Then
            for (int i = 0; i < expected.size(); i++) {
                var ids = JSON.convertValue(expected.get(i).path("ids"), int[].class);
                assertThat(encoded.get(i).orThrow()).containsExactly(ids);
                assertThat(tokenizer.decode(ids))
                        .isEqualTo(expected.get(i).path("decoded").asText());
            }
        }
    }

    @Test
    void byteFallbackGivesBackEveryText() {
        // Given
        var texts = texts();
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-fallback"))) {
            // When
            var back = round(tokenizer, texts);
            // Then
            assertThat(back).isEqualTo(texts.stream().map(WellFormed::of).toList());
        }
    }

    @Test
    void bytesGiveBackEveryTextAsNormalized() {
        // Given
        var texts = texts();
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            // When
            var back = round(tokenizer, texts);
            // Then
            assertThat(back)
                    .isEqualTo(
                            texts.stream()
                                    .map(WellFormed::of)
                                    .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
                                    .toList());
        }
    }

    /**
     * Both write an unknown character as token 0; Unigram takes a blank that begins a text away.
     */
    @ParameterizedTest
    @ValueSource(strings = {"unigram", "word-piece"})
    void whatLossyKindsMakeOfATextStaysSo(String kind) {
        // Given
        var texts =
                texts().stream()
                        .map(text -> Normalizer.normalize(text, Normalizer.Form.NFKC).strip())
                        .toList();
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file(kind))) {
            var tokens = tokenizer.encode(texts).stream().map(Outcome::orThrow).toList();
            var known =
                    tokens.stream()
                            .filter(ids -> IntStream.of(ids).noneMatch(id -> id == 0))
                            .toList();
            // When
            var once = tokenizer.decode(known);
            var again = tokenizer.encode(once).stream().map(Outcome::orThrow).toList();
            // Then
            assertThat(known).hasSizeGreaterThan(1_000);
            assertThat(again).usingRecursiveComparison().isEqualTo(known);
            assertThat(tokenizer.decode(again)).isEqualTo(once);
        }
    }

    private static List<String> texts() {
        var random = new Random(7);
        return Stream.generate(() -> TestingTokenizers.text(random)).limit(10_000).toList();
    }

    private static List<String> round(Tokenizer tokenizer, List<String> texts) {
        return tokenizer.decode(tokenizer.encode(texts).stream().map(Outcome::orThrow).toList());
    }

    @Test
    void halfASurrogatePairIsOneReplacementCharacterAndNothingElseChanges() {
        // Given
        var cut = "cats 🐈\0 dogs 🐕 and half \ud83d";
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            // When
            int[] tokens = tokenizer.encode(cut);
            // Then
            var whole = "cats 🐈\0 dogs 🐕 and half \ufffd";
            assertThat(tokens).containsExactly(tokenizer.encode(whole));
            assertThat(tokenizer.decode(tokens)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "byte-level, 600, 0",
        "byte-fallback, 700, 2",
        "unigram, 1497, 2",
        "word-piece, 1225, 3"
    })
    void theVocabularyIsCountedForEveryKind(String kind, int vocabulary, int eos) {
        // Given / When
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file(kind))) {
            // Then
            assertThat(tokenizer.vocabulary()).isEqualTo(vocabulary);
            assertThat(tokenizer.eos()).hasValue(eos);
        }
    }

    @Test
    void aUnigramVocabularyAboveSixteenBitsIsCountedWhole() {
        // Given
        var json = TestingTokenizers.json("unigram");
        var vocabulary = (ArrayNode) json.path("model").path("vocab");
        for (int id = vocabulary.size(); id < 70_006; id++) {
            vocabulary.addArray().add("▁w" + id).add(-9.5);
        }
        // When
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.write(folder, json))) {
            // Then
            assertThat(tokenizer.vocabulary()).isEqualTo(70_006);
            assertThat(tokenizer.encode("w70000 w70005")).containsExactly(70_000, 70_005);
        }
    }

    @Test
    void dropoutTruncationAndPaddingOfTheFileAreOff() {
        // Given
        var json = TestingTokenizers.json("byte-fallback");
        ((ObjectNode) json.path("model")).put("dropout", 0.5);
        json.putObject("truncation")
                .put("direction", "Right")
                .put("max_length", 3)
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        json.putObject("padding")
                .put("direction", "Right")
                .put("pad_id", 0)
                .put("pad_token", "<unk>")
                .put("pad_type_id", 0)
                .putNull("pad_to_multiple_of")
                .putObject("strategy")
                .put("Fixed", 64);
        var text = "The capital of Azerbaijan is Baku.";
        try (var plain = Tokenizer.ofFile(TestingTokenizers.file("byte-fallback"));
                var changed = Tokenizer.ofFile(TestingTokenizers.write(folder, json))) {
            for (int i = 0; i < 20; i++) {
                // When
                int[] tokens = changed.encode(text);
                // Then
                assertThat(tokens).containsExactly(plain.encode(text));
            }
        }
    }

    @Test
    void aModelsInputHasItsSpecialTokensAndIsCut() {
        // Given
        var json = TestingTokenizers.json("word-piece");
        json.putObject("post_processor")
                .put("type", "BertProcessing")
                .<ObjectNode>set("sep", JSON.createArrayNode().add("[SEP]").add(2))
                .set("cls", JSON.createArrayNode().add("[CLS]").add(1));
        var file = TestingTokenizers.write(folder, json);
        var texts = List.of("The capital of Azerbaijan is Baku.", "cats", "");
        try (var plain = Tokenizer.ofFile(file);
                var model = Tokenizer.ofModelsFile(file, 6)) {
            // When
            var encoded = model.encode(texts);
            // Then
            for (int i = 0; i < texts.size(); i++) {
                var own = plain.encode(texts.get(i));
                var expected =
                        IntStream.concat(
                                IntStream.concat(IntStream.of(1), IntStream.of(own).limit(4)),
                                IntStream.of(2));
                assertThat(encoded.get(i).orThrow()).containsExactly(expected.toArray());
            }
        }
    }

    @Test
    void aPanicOfTheLibraryRefusesExactlyTheTextThatBringsIt() {
        // Given
        var texts = List.of("cats and dogs", "Zürich, Genève", "dogs and cats", "Łódź", "");
        try (var tokenizer =
                Tokenizer.ofFile(TestingTokenizers.write(folder, TestingTokenizers.panicking()))) {
            // When
            var encoded = tokenizer.encode(texts);
            // Then
            assertThat(encoded.get(0).orThrow()).isNotEmpty();
            assertThat(encoded.get(2).orThrow()).isNotEmpty();
            assertThat(encoded.get(4).orThrow()).isEmpty();
            assertThatThrownBy(() -> encoded.get(1).orThrow())
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("the tokenizer's process ends on it");
            assertThat(encoded.get(3)).isInstanceOf(Outcome.Refused.class);
            assertThat(tokenizer.encode("cats")).isNotEmpty();
        }
    }

    @Test
    void whatTheLibraryCannotEncodeIsRefusedInItsWords() {
        // Given
        try (var tokenizer =
                Tokenizer.ofFile(
                        TestingTokenizers.write(folder, TestingTokenizers.withoutUnknown()))) {
            // When / Then
            assertThatThrownBy(() -> tokenizer.encode("cats \u2603"))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContainingAll("the tokenizer cannot take it", "unk_id");
            assertThat(tokenizer.encode("cats")).isNotEmpty();
        }
    }

    @Test
    void anAddedTokenThatTheLibraryNumbersOtherwiseIsRefused() {
        // Given
        var json = TestingTokenizers.json("unigram");
        TestingTokenizers.add((ArrayNode) json.path("added_tokens"), 900, "<gap>");
        var file = TestingTokenizers.write(folder, json);
        // When / Then
        assertThatThrownBy(() -> Tokenizer.ofFile(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("'<gap>' the id 900")
                .hasMessageContaining("1,497");
    }

    @Test
    void twoTokensOfOneIdAreRefused() {
        // Given
        var json = TestingTokenizers.json("word-piece");
        ((ObjectNode) json.path("model").path("vocab")).put("twin", 41);
        var file = TestingTokenizers.write(folder, json);
        // When / Then
        assertThatThrownBy(() -> Tokenizer.ofFile(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(file + " gives the tokens ")
                .hasMessageContainingAll("'a'", "'twin'", "the same id 41: give each its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"model\": 7}",
                "{\"version\":\"1.0\",\"added_tokens\":[],\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}",
                "{\"version\":\"1.0\",\"added_tokens\":[],\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"b"
                    + " c\"]}}",
                "{\"version\":\"1.0\",\"added_tokens\":[],\"model\":{\"type\":\"New\",\"vocab\":{\"a\":0}}}"
            })
    void whatIsNoTokenizerIsRefusedByName(String json) throws IOException {
        // Given
        var file = folder.resolve("other.json");
        Files.writeString(file, json);
        // When / Then
        assertThatThrownBy(() -> Tokenizer.ofFile(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("other.json");
    }

    @Test
    void aFileThatIsCutOffIsRefusedInOneSentenceWithThePlace() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("cut.json"), "{\n\"model\": {\"vocab\": {");
        // Then
        assertThatThrownBy(() -> Tokenizer.ofFile(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        file
                                + " is not JSON from line 2, column 21 on: give tokenizer.json"
                                + " whole, as the tokenizers library saves it");
    }

    @Test
    void aByteOrderMarkChangesNothing() throws IOException {
        // Given
        var plain = TestingTokenizers.file("byte-level");
        var marked =
                Files.writeString(
                        folder.resolve("marked.json"), "\uFEFF" + Files.readString(plain));
        try (var expected = Tokenizer.ofFile(plain);
                var found = Tokenizer.ofFile(marked)) {
            // Then
            assertThat(found.encode("cats and dögs"))
                    .containsExactly(expected.encode("cats and dögs"));
        }
    }

    @Test
    void filesAndTextsBeyondTheirBoundsAreRefused() throws IOException {
        // Given
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[TokenizerFile.MOST_BYTES + 1]);
        }
        var text = "a ".repeat(Tokenizer.MOST_BYTES / 2) + "a";
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            // When
            var encoded = tokenizer.encode(List.of("a", text, "b"));
            // Then
            assertThat(encoded.get(0).orThrow()).isNotEmpty();
            assertThat(encoded.get(1)).isInstanceOf(Outcome.Refused.class);
            assertThat(encoded.get(2).orThrow()).isNotEmpty();
        }
        assertThatThrownBy(() -> Tokenizer.ofGzip(ByteBuffer.wrap(bomb.toByteArray())))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("67,108,864 bytes");
        assertThatThrownBy(() -> Tokenizer.ofGzip(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aKilledProcessCostsNoText() {
        // Given
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file("byte-level"))) {
            int[] before = tokenizer.encode("cats and dogs");
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            // When
            int[] after = tokenizer.encode("cats and dogs");
            // Then
            assertThat(after).containsExactly(before);
        }
    }
}
