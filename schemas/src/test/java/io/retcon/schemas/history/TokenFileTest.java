package io.retcon.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

class TokenFileTest {
    @TempDir Path folder;

    @SeededTest(tries = 20)
    void readsBackWhatWasWritten(Random random) {
        // Given
        int rows = random.nextInt(5);
        int columns = 1 + random.nextInt(40);
        var sequences = new int[rows][];
        for (int i = 0; i < rows; i++) {
            sequences[i] = random.ints(columns, 0, 60_000).toArray();
        }
        var path = folder.resolve("step.npy");
        NpyWriter.write(path, sequences, random.nextBoolean() ? TokenWidth.U16 : TokenWidth.U32);
        // When
        try (var file = TokenFile.openNpy(path)) {
            // Then
            assertThat(file.shape()).containsExactly(rows, rows == 0 ? 0 : columns);
            for (int i = 0; i < rows; i++) {
                assertThat(file.tokens((long) i * columns, columns)).containsExactly(sequences[i]);
            }
        }
    }

    @SeededTest(tries = 500)
    void damagedFilesAreRefusedAndNeverCrash(Random random) throws IOException {
        // Given
        var path = folder.resolve("damaged.npy");
        NpyWriter.write(path, new int[][] {{1, 2, 3}, {4, 5, 6}}, TokenWidth.U32);
        var bytes = Files.readAllBytes(path);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int kept = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
        Files.write(path, java.util.Arrays.copyOf(bytes, kept));
        // When
        try (var file = TokenFile.openNpy(path)) {
            for (long i = 0; i < file.size(); i++) {
                file.token(i);
            }
        } catch (RefusedInput refused) {
            // Then
            assertThat(refused.getMessage()).contains("damaged.npy");
        }
    }

    @Test
    void headerlessFilesOfTheWrongTypeAreRefused() throws IOException {
        // Given
        var path = Files.write(folder.resolve("tokens.bin"), new byte[7]);
        // When
        assertThatThrownBy(() -> TokenFile.openHeaderless(path, TokenType.U16))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("name the right token type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': '>u2', 'fortran_order': False, 'shape': (2, 2), }|big-endian numbers"
                        + " (>u2)|astype('uint16')",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }|floating-point"
                        + " numbers|astype",
                "{'descr': '!b1', 'fortran_order': False, 'shape': (8,), }|truth values|astype",
                "{'descr': '!O', 'fortran_order': False, 'shape': (8,), }|Python objects|astype",
                "{'descr': [('a', '<u2')], 'fortran_order': False, 'shape': (4,), }|(several"
                        + " fields)|astype",
                "{'descr': '<u2', 'fortran_order': True, 'shape': (2, 2), }|Fortran"
                        + " order|ascontiguousarray",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), }|is cut off|get it"
                        + " again",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (2,), }|4 bytes after its 4|one"
                        + " array a file",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (99999999999999999999,),"
                        + " }|impossible shape|numpy.save",
            })
    void arraysThatAreNoTokensAreRefusedWithTheMend(String header, String said, String mend)
            throws IOException {
        // Given
        var path = npy(header.replace('!', '|'), new byte[8]);
        // When, Then
        assertThatThrownBy(() -> TokenFile.openNpy(path))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll(path.toString(), said, mend);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9, 255})
    void aVersionOfTheFormatThatDoesNotExistIsRefused(int version) throws IOException {
        // Given
        var path = npy("{'descr': '<u2', 'fortran_order': False, 'shape': (4,), }", new byte[8]);
        var bytes = Files.readAllBytes(path);
        bytes[6] = (byte) version;
        Files.write(path, bytes);
        // When, Then
        assertThatThrownBy(() -> TokenFile.openNpy(path))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "%s is of version %d of NumPy's format, and 1 to 3 are read: save it again with numpy.save"
                                .formatted(path, version));
    }

    @Test
    void otherWritersHeadersAreRead() throws IOException {
        // Given
        var path =
                npy(
                        "{\"shape\": (2L, 2L), \"descr\": \"<u2\", \"fortran_order\": False}",
                        new byte[8]);
        // When
        try (var file = TokenFile.openNpy(path)) {
            // Then
            assertThat(file.shape()).containsExactly(2, 2);
        }
    }

    @Test
    void negativeNumbersAreRefusedWithTheirPlace() throws IOException {
        // Given
        var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(3).putLong(-100);
        var path = npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", bytes.array());
        // When, Then
        try (var file = TokenFile.openNpy(path)) {
            assertThat(file.token(0)).isEqualTo(3);
            assertThatThrownBy(() -> file.token(1))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContainingAll(path.toString(), "-100 at index 1 (byte 8");
        }
    }

    @SeededTest(tries = 60)
    void theWidthOfHeaderlessTokensIsToldByTheirBytes(Random random) throws IOException {
        // Given
        int vocabulary = random.nextBoolean() ? 50_257 : 300 + random.nextInt(65_000);
        var right = random.nextBoolean() ? TokenType.U16 : TokenType.U32;
        var wrong = right == TokenType.U16 ? TokenType.U32 : TokenType.U16;
        int[] tokens = random.ints(2 * (16 + random.nextInt(500)), 0, vocabulary).toArray();
        var path = headerless(tokens, right);
        // When
        try (var file = TokenFile.open(path, Optional.of(right), vocabulary)) {
            // Then
            assertThat(file.tokens(0, tokens.length)).containsExactly(tokens);
        }
        assertThatThrownBy(() -> TokenFile.open(path, Optional.of(wrong), vocabulary))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll(
                        path.toString(), "give --token-type " + right.optionName());
        assertThatThrownBy(() -> TokenFile.open(path, Optional.empty(), vocabulary))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("give --token-type " + right.optionName());
    }

    @Test
    void wideTokensOfALargeVocabularyAreNotTakenForNarrowOnes() throws IOException {
        // Given
        var path = headerless(new Random(7).ints(400, 0, 100_278).toArray(), TokenType.U32);
        // When, Then
        assertThatThrownBy(() -> TokenFile.open(path, Optional.of(TokenType.U16), 100_278))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("give --token-type u32");
    }

    @Test
    void aFewWrongTokensSayNothingAboutTheWidth() throws IOException {
        // Given
        int[] tokens = new Random(7).ints(400, 1, 50_257).toArray();
        tokens[300] = 70_000;
        var path = headerless(tokens, TokenType.U32);
        // When
        try (var file = TokenFile.open(path, Optional.of(TokenType.U32), 50_257)) {
            // Then
            assertThat(file.token(300)).isEqualTo(70_000);
        }
    }

    @Test
    void otherFilesAreNeverTokens() throws IOException {
        // Given
        var parquet = Files.writeString(folder.resolve("a.bin"), "PAR1" + "\0\u0001".repeat(30));
        var text = Files.writeString(folder.resolve("b.bin"), "Hello world this is plain text. ");
        var index =
                Files.writeString(folder.resolve("c.npy"), "MMIDIDX\0\0\u0001" + "\0".repeat(30));
        // When, Then
        for (var type : TokenType.values()) {
            assertThatThrownBy(() -> TokenFile.openHeaderless(parquet, type))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContainingAll("a.bin is a Parquet file", "from 0 on");
            assertThatThrownBy(() -> TokenFile.openHeaderless(index, type))
                    .hasMessageContaining("c.npy is the index of a Megatron data set");
        }
        assertThatThrownBy(() -> TokenFile.openHeaderless(text, TokenType.U16))
                .hasMessageContaining("b.bin is plain text");
        assertThatThrownBy(() -> TokenFile.openNpy(text))
                .hasMessageContaining("has no NumPy header, it is plain text");
        try (var bytes = TokenFile.openHeaderless(text, TokenType.U8)) {
            assertThat(bytes.token(0)).isEqualTo('H');
        }
    }

    private Path npy(String header, byte[] data) throws IOException {
        var text = header.getBytes(StandardCharsets.UTF_8);
        var bytes =
                ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text).put(data);
        return Files.write(folder.resolve("array.npy"), bytes.array());
    }

    private Path headerless(int[] tokens, TokenType type) throws IOException {
        var bytes =
                ByteBuffer.allocate(tokens.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int token : tokens) {
            if (type == TokenType.U16) {
                bytes.putShort((short) token);
            } else {
                bytes.putInt(token);
            }
        }
        return Files.write(folder.resolve("tokens.npy"), bytes.array());
    }
}
