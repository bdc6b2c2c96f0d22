package io.retcon.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.DocumentSpan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

class HistoryFileTest {
    private static final Optional<TokenType> U16 = Optional.of(TokenType.U16);

    @TempDir private Path folder;

    @Test
    void headerlessTokensMayBeCalledNpy() throws Exception {
        // Given
        var npy = resource("part-0-00000.npy");
        var bin = Files.copy(npy, folder.resolve("x.bin"));
        var shape = shape(4, 32, 50_257);
        // When
        try (var one = tokens(npy, shape, U16);
                var other = tokens(bin, shape, U16)) {
            // Then
            var sequences = new TokenSequences(shape);
            long count = sequences.count(one.file(), 0);
            assertThat(count).isEqualTo(32 * 4).isEqualTo(sequences.count(other.file(), 0));
            for (long i = 0; i < count; i++) {
                assertThat(sequences.sequence(one.file(), i, i).tokens())
                        .containsExactly(sequences.sequence(other.file(), i, i).tokens());
            }
        }
        assertThatThrownBy(() -> tokens(npy, shape, Optional.empty()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll("part-0-00000.npy", "give --token-type u16");
        assertThatThrownBy(() -> tokens(npy, shape, Optional.of(TokenType.U32)))
                .hasMessageContaining("give --token-type u16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "neo_text_document.idx|is the index of a Megatron data set",
                "text.txt|is plain text",
                "x.ndjson|holds text: give --tokenizer",
                "x.jsonl.GZ|holds text: give --tokenizer",
                "x.jsonl.zst|is compressed with zstd and can't be unpacked",
            })
    void whatIsNoTokenFileIsNamed(String name, String said) throws Exception {
        // Given
        var path = resource(name);
        // When, Then
        for (var type : TokenType.values()) {
            if (type != TokenType.U8) {
                assertThatThrownBy(
                                () ->
                                        HistoryFile.open(
                                                path, shape(2, 16, 50_277), Optional.of(type)))
                        .isInstanceOf(RefusedInput.class)
                        .hasMessageContainingAll(name, said);
            }
        }
    }

    @Test
    void theDataBesideAMegatronIndexAreTokens() throws Exception {
        // Given
        var shape = shape(2, 16, 50_277);
        // When
        try (var file = tokens(resource("neo_text_document.bin"), shape, U16)) {
            // Then
            assertThat(new TokenSequences(shape).count(file.file(), 0) / 2).isEqualTo(25);
        }
    }

    @Test
    void packedTokensAreRefusedWithTheMend() throws IOException {
        // Given
        var path = folder.resolve("tokens.bin.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(new byte[] {5, 0, 6, 0, 7, 0, 8, 0});
        }
        // When, Then
        assertThatThrownBy(() -> HistoryFile.open(path, shape(1, 2, 100), U16))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll("tokens.bin.gz is compressed with gzip", "gunzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8|32|give --batch 4",
                "4|16|give --sequence-length 32",
                "8|16|give --batch 4 --sequence-length 32"
            })
    void stepsOfAFileAreNotRegrouped(int batch, int length, String mend) throws Exception {
        // Given
        var path = resource("steps4.npy");
        // When, Then
        assertThatThrownBy(() -> tokens(path, shape(batch, length, 50_257), Optional.empty()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("steps4.npy has shape [32, 4, 32]")
                .hasMessageEndingWith(mend);
        var right = shape(4, 32, 50_257);
        try (var file = tokens(path, right, Optional.empty())) {
            var sequences = new TokenSequences(right);
            assertThat(sequences.count(file.file(), 0)).isEqualTo(32 * 4);
            assertThatThrownBy(() -> sequences.count(file.file(), 5))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContainingAll(
                            "steps4.npy begins with a step of its own", "1 of its 4");
        }
    }

    @Test
    void aTokenBeyondTheVocabularyIsNamedWithItsPlace() throws IOException {
        // Given
        var path = Files.write(folder.resolve("t.bin"), u16(1, 2, 3, 99, 4, 5));
        var shape = shape(1, 2, 50);
        // When, Then
        try (var file = tokens(path, shape, U16)) {
            assertThatThrownBy(() -> new TokenSequences(shape).sequence(file.file(), 1, 1))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContainingAll("t.bin", "token 99 at index 3 (byte 6");
        }
    }

    @Test
    void whatIsOddOrLeftOutIsSaid() {
        // Given
        var shape = shape(2, 4, 50);
        var caveats = new HistoryCaveats(shape);
        var document = new DocumentSpan("d", 0, 4);
        var sequence = new PackedSequence(new int[] {1, 2, 3, 4}, List.of(document));
        // When
        caveats.add(sequence);
        caveats.named(sequence);
        caveats.named(sequence);
        caveats.leftOver(3);
        caveats.empty(Path.of("e.bin"));
        // Then
        assertThat(caveats.all(1))
                .containsExactly(
                        "e.bin is empty",
                        "3 tokens at files' ends fill no sequence of 4 and were left out",
                        "at the end, 1 of the 2 sequences of a step were left out: they fill none",
                        "1 documents have an id that an earlier one had, the first 'd': matchers"
                                + " and lineage tell them apart by place alone",
                        "the token 0, which ends a document, never occurs, so each sequence counts"
                                + " as one document: give --eos if another token does");
    }

    @Test
    void documentsOfHardlyAnyTokensAreOdd() {
        // Given
        var shape = shape(1, 6, 50);
        var caveats = new HistoryCaveats(shape);
        int[] tokens = {1, 0, 2, 0, 3, 0};
        // When
        caveats.add(new PackedSequence(tokens, new TokenSequences(shape).documents(tokens, 0)));
        // Then
        assertThat(caveats.all(0)).singleElement().asString().contains("1.0 tokens on average");
    }

    private static HistoryFile.Tokens tokens(
            Path path, HistoryShape shape, Optional<TokenType> headerless) {
        return (HistoryFile.Tokens) HistoryFile.open(path, shape, headerless);
    }

    private static HistoryShape shape(int batch, int length, int vocabulary) {
        return new HistoryShape("r", batch, length, vocabulary, 0, Optional.empty());
    }

    private static byte[] u16(int... tokens) {
        var bytes = ByteBuffer.allocate(tokens.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int token : tokens) {
            bytes.putShort((short) token);
        }
        return bytes.array();
    }

    private static Path resource(String name) throws Exception {
        return Path.of(HistoryFileTest.class.getResource(name).toURI());
    }
}
