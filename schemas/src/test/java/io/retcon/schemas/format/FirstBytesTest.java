package io.retcon.schemas.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class FirstBytesTest {
    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "934e554d5059010076007b27, NPY",
        "1f8b0800abcd, GZIP",
        "28b52ffd0458, ZSTD",
        "502a4d1804000000, ZSTD",
        "425a683931415926535900, BZIP2",
        "fd377a585a000004, XZ",
        "04224d186440, LZ4",
        "377abcaf271c0004, SEVEN_ZIP",
        "504b030414000000, ZIP",
        "50415231 1504, PARQUET",
        "4152524f57310000ffffffff, ARROW",
        "ffffffff 10010000 10000000 00000a00, ARROW",
        "4f626a01 0414, AVRO",
        "894844460d0a1a0a00, HDF5",
        "53514c69746520666f726d6174203300, SQLITE",
        "4747554603000000, GGUF",
        "4d4d494449445800000100000000000000, MEGATRON_INDEX",
        "80028a0a6cfc9c46f9206aa850192e80, TORCH",
        "80049505000000000000008c0161942e, PICKLE",
        "80027d71002e, PICKLE",
        "4000000000000000 7b225f5f, SAFETENSORS",
    })
    void knowsAFileByItsFirstBytes(String hex, FileKind kind) {
        // Given
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        // When
        var found = new FirstBytes(bytes, 1 << 20).kind();
        // Then
        assertThat(found).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UTF-8|{\"id\": \"a\", \"text\": \"b\"}|JSON",
                "UTF-8|  { }|JSON",
                "UTF-8|\uFEFF{\"id\": \"a\"}|JSON",
                "UTF-8|[{\"id\": \"a\"}]|JSON_ARRAY",
                "UTF-8|version https://git-lfs.github.com/spec/v1|LFS_POINTER",
                "UTF-8|Füße und Wörter, ein Satz,東京|TEXT",
                "UTF-16|{\"id\": \"a\"}|UTF16",
                "UTF-16LE|\uFEFF{\"id\": \"東京\"}|UTF16",
                "UTF-16LE|{\"id\": \"a\"}|UTF16",
                "UTF-16BE|{\"id\": \"a\"}|UTF16",
                "UTF-32LE|\uFEFF{\"id\": \"a\"}|UTF32",
            })
    void knowsTextByItsCharacters(String encoding, String text, FileKind kind) {
        // Given
        var bytes = text.getBytes(Charset.forName(encoding));
        // When
        var found = new FirstBytes(bytes, bytes.length).kind();
        // Then
        assertThat(found).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
    void knowsTextOfOldEncodings(String encoding) {
        // Given
        var bytes = "Fünf süße Äpfel für Jörg. ".repeat(40).getBytes(Charset.forName(encoding));
        // When, Then
        assertThat(new FirstBytes(bytes, bytes.length).kind()).isEqualTo(FileKind.TEXT);
    }

    @Test
    void knowsTextThatIsCutWithinACharacter() {
        // Given
        var bytes = "東京は日本の首都である。".repeat(10).getBytes(StandardCharsets.UTF_8);
        // When, Then
        for (int length = 40; length < 60; length++) {
            assertThat(new FirstBytes(Arrays.copyOf(bytes, length), bytes.length).kind())
                    .isEqualTo(FileKind.TEXT);
        }
    }

    @SeededTest(tries = 300)
    void tokensAreNothingElse(Random random) {
        // Given
        int vocabulary = 1000 + random.nextInt(64_000);
        int tokens = 32 + random.nextInt(2000);
        var bytes = ByteBuffer.allocate(tokens * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = random.nextBoolean();
        for (int i = 0; i < tokens; i++) {
            int token = random.nextInt(vocabulary);
            if (wide) {
                bytes.putInt(token);
            } else {
                bytes.putShort((short) token);
            }
        }
        var written = Arrays.copyOf(bytes.array(), bytes.position());
        // When, Then
        assertThat(new FirstBytes(written, written.length).kind()).isEqualTo(FileKind.UNKNOWN);
    }

    @SeededTest(tries = 2000)
    void anyBytesAreOfSomeKind(Random random) {
        // Given
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        var marks =
                new String[] {
                    "\u0093NUMPY",
                    "PK\u0003\u0004",
                    "\u00ff\u00fe",
                    "{\"",
                    "[1",
                    "\u0080\u0004\u0095"
                };
        var mark = marks[random.nextInt(marks.length)].getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(mark, 0, bytes, 0, Math.min(mark.length, bytes.length));
        // When, Then
        assertThat(new FirstBytes(bytes, bytes.length + random.nextInt(9)).kind()).isNotNull();
    }
}
