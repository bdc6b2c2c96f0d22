package io.retcon.indexer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class ByteLevelTextTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gpt-neox-20b.json", "dolma2.json"})
    void equalsTheLibraryOnRandomTokens(String name) {
        // Given
        var file = Path.of("..", "..", "shared", "data", "tokenizers", name);
        assumeTrue(Files.exists(file), "the tokenizer is absent: " + file);
        try (var library = Tokenizer.ofFile(file)) {
            var text = ByteLevelText.ofGzip(library.gzip()).orElseThrow();
            int vocabulary = library.vocabulary();
            for (int seed = 0; seed < 500; seed++) {
                var random = new Random(seed);
                int bound = 1 + (vocabulary + 10) / (1 + random.nextInt(200));
                int[] tokens = random.ints(random.nextInt(12), 0, bound).toArray();
                // When
                var found = text.utf8(tokens, 0, tokens.length);
                // Then
                assertThat(readable(new String(found, StandardCharsets.UTF_8)))
                        .as("seed %d", seed)
                        .isEqualTo(readable(library.decode(tokens)));
            }
        }
    }

    /** Java and Rust put different numbers of U+FFFD where bytes are no UTF-8. */
    private static String readable(String text) {
        return text.replaceAll("\uFFFD+", "\uFFFD");
    }

    @Test
    void otherTokenizersAreLeftToTheLibrary() throws IOException {
        // Given
        var file = folder.resolve("tokenizer.json");
        Files.writeString(
                file,
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}}
                """);
        try (var tokenizer = Tokenizer.ofFile(file);
                var text = new LibraryText(tokenizer)) {
            // When
            var byteLevel = ByteLevelText.ofGzip(tokenizer.gzip());
            // Then
            assertThat(byteLevel).isEmpty();
            assertThat(text.utf8(new int[] {0, 1, 1, 0}, 1, 3)).asString().isEqualTo("a a");
        }
    }

    /** A manifest is a record, and anybody's: none may end the indexer or eat its memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no JSON",
                "{\"decoder\": {\"type\": \"ByteLevel\"}, \"model\": {\"type\": \"BPE\", \"vocab\":"
                        + " {\"a\": 2147483646}}}",
                "{\"decoder\": {\"type\": \"ByteLevel\"}, \"model\": {\"type\": \"BPE\", \"vocab\":"
                        + " {\"a\": -1}}}"
            })
    void aManifestsNonsenseIsRefused(String json) throws IOException {
        // Given
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }

        // When, Then
        assertThatThrownBy(() -> ByteLevelText.ofGzip(ByteBuffer.wrap(out.toByteArray())))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("the manifest's tokenizer");
    }

    @Test
    void bytesThatAreNoGzipAreRefused() {
        // Given
        var bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});

        // When, Then
        assertThatThrownBy(() -> ByteLevelText.ofGzip(bytes))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("the manifest's tokenizer is damaged");
    }

    /** 128 MB of blanks, in 128 KB. */
    @Test
    void aGzipThatGrowsBeyondTheBoundIsRefused() throws IOException {
        // Given
        var out = new ByteArrayOutputStream();
        var blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (var gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < 128; i++) {
                gzip.write(blanks);
            }
        }

        // When, Then
        assertThatThrownBy(() -> ByteLevelText.ofGzip(ByteBuffer.wrap(out.toByteArray())))
                .isInstanceOf(RefusedInput.class);
    }
}
