package io.retcon.retrainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SafetensorsTest {
    @TempDir private Path folder;

    @Test
    void readsWhatItWrote() {
        // Given
        var file = folder.resolve("m.safetensors");
        try (var arena = new FloatArena()) {
            var floats = arena.allocate(8);
            for (int i = 0; i < 8; i++) {
                floats.set(i, i * 1.5f - 3);
            }
            // When
            SafetensorsWriter.write(
                    file,
                    List.of(
                            new NamedTensor("b", List.of(2, 3), floats, 2),
                            new NamedTensor("a", List.of(2), floats, 0)));
            // Then
            var read = arena.allocate(8);
            try (var tensors = SafetensorsFile.open(file)) {
                assertThat(tensors.names()).containsExactly("a", "b");
                tensors.read("a", List.of(2), read, 0);
                tensors.read("b", List.of(2, 3), read, 2);
            }
            for (int i = 0; i < 8; i++) {
                assertThat(read.get(i)).isEqualTo(i * 1.5f - 3);
            }
            assertThat(folder.toFile().list()).containsExactly("m.safetensors");
        }
    }

    @Test
    void readsHalfPrecision() throws IOException {
        // Given
        var file = folder.resolve("half.safetensors");
        var header =
                """
                {"x": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]},
                 "y": {"dtype": "F16", "shape": [2], "data_offsets": [2, 6]}}
                """;
        var data = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) 0xC0A0).putShort((short) 0x3C00).putShort((short) 0x0001);
        write(file, header, data.array());
        try (var arena = new FloatArena();
                var tensors = SafetensorsFile.open(file)) {
            var read = arena.allocate(3);
            // When
            tensors.read("x", List.of(1), read, 0);
            tensors.read("y", List.of(2), read, 1);
            // Then
            assertThat(read.get(0)).isEqualTo(-5f);
            assertThat(read.get(1)).isEqualTo(1f);
            assertThat(read.get(2)).isEqualTo(0x1p-24f);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'x': {'dtype':'F32','shape':[4],'data_offsets':[0,16]}}; truncated or damaged",
                "{'x': {'dtype':'F32','shape':[1],'data_offsets':[0,4]}}; belong to no tensor",
                "{'x': {'dtype':'F32','shape':[1],'data_offsets':[4,8]}}; belong to no tensor",
                "{'x': {'dtype':'F32','shape':[1],'data_offsets':[0,8]}}; takes 4 bytes but has 8",
                "{'x':"
                    + " {'dtype':'F32','shape':[2000000000,2000000000,2000000000],'data_offsets':[0,8]}};"
                    + " larger than the file",
                "{'x': {'dtype':'F32','shape':[-1],'data_offsets':[0,8]}}; has the impossible"
                        + " shape",
                "{'x': {'dtype':'F4','shape':[1],'data_offsets':[0,8]}}; stored as 'F4', which is"
                        + " no known type",
                "{'x': {'dtype':'F32','shape':[1],'data_offsets':[0,4]}, 'y':"
                        + " {'dtype':'F32','shape':[2],'data_offsets':[0,8]}}; overlaps",
                "{'x': {'dtype':'F32','shape':[2],'data_offsets':[0,8]}, 'x':"
                        + " {'dtype':'F32','shape':[2],'data_offsets':[0,8]}}; not JSON",
                "{'x': {'dtype':'F32','shape':[2],'data_offsets':[8,0]}}; truncated or damaged",
                "{'x': 3}; is stored as ''",
                "[]; not a JSON object",
                "{'x'; not JSON"
            })
    void falseHeadersAreRefused(String header, String reason) throws IOException {
        // Given
        var file = folder.resolve("false.safetensors");
        write(file, header.replace('\'', '"'), new byte[8]);
        // When, Then
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason)
                .hasMessageMatching("(?s).*: .*(download or save it again|save it as F32.*)");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1000000000000", "99"})
    void falseHeaderLengthsAreRefused(long length) throws IOException {
        // Given
        var file = folder.resolve("long.safetensors");
        var bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(file, bytes.array());
        // When, Then
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("not a safetensors file");
    }

    @Test
    void shortFilesAndAbsentOnesAreRefused() throws IOException {
        // Given
        var file = folder.resolve("short.safetensors");
        Files.write(file, new byte[5]);
        // When, Then
        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(RefusedInput.class);
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("no such file: check the path");
    }

    private static void write(Path file, String header, byte[] data) throws IOException {
        var json = header.getBytes(StandardCharsets.UTF_8);
        var bytes =
                ByteBuffer.allocate(8 + json.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(data);
        Files.write(file, bytes.array());
    }
}
