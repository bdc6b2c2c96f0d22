package io.retcon.retrainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class ShardedTensorsTest {
    @TempDir private Path folder;

    private final FloatArena arena = new FloatArena();

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void readsEachTensorFromItsShard() throws IOException {
        // Given
        shard("one.safetensors", "a", "b");
        shard("two.safetensors", "c");
        var index =
                index("{'a': 'one.safetensors', 'b': 'one.safetensors', 'c': 'two.safetensors'}");
        // When
        try (var tensors = ShardedTensors.open(index)) {
            var read = arena.allocate(2);
            tensors.read("c", List.of(2), read, 0);
            // Then
            assertThat(tensors.names()).containsExactly("a", "b", "c");
            assertThat(read.get(0)).isEqualTo('c');
            assertThatThrownBy(() -> tensors.require("d", List.of(2)))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("tensor 'd' is missing");
        }
        assertThat(ShardedTensors.files(index))
                .containsExactly(
                        folder.resolve("one.safetensors"), folder.resolve("two.safetensors"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'a': 'one.safetensors', 'b': 'gone.safetensors'}; no such file",
                "{'a': 'one.safetensors', 'b': 'one.safetensors', 'x': 'one.safetensors'};"
                        + " tensor 'x' should lie in one.safetensors but lies in no shard",
                "{'a': 'one.safetensors', 'b': 'one.safetensors', 'c': 'one.safetensors'};"
                        + " tensor 'c' should lie in one.safetensors but lies in no shard",
                "{'a': 'one.safetensors', 'b': 'two.safetensors'}; tensor 'b' should lie in"
                        + " two.safetensors but lies in one.safetensors",
                "{'a': 'one.safetensors'}; one.safetensors holds tensor 'b', which the index does"
                        + " not list",
                "{'a': 'one.safetensors', 'b': 'one.safetensors', 'c': 'double.safetensors'};"
                        + " tensor 'a' lies in two shards",
                "{'a': '../one.safetensors'}; no file beside the index",
                "{'a': '/etc/one.safetensors'}; no file beside the index",
                "{'a': 'sub/one.safetensors'}; no file beside the index",
                "{'a': '..'}; no file beside the index",
                "{'a': '.hidden'}; no file beside the index",
                "{'a': 3}; no file beside the index",
                "{'a': 'one.safetensors', 'a': 'two.safetensors'}; not JSON",
                "{}; 'weight_map' is missing",
                "[]; 'weight_map' is missing",
                "{; not JSON"
            })
    void falseIndexesAreRefused(String map, String reason) throws IOException {
        // Given
        shard("one.safetensors", "a", "b");
        shard("two.safetensors", "c");
        shard("double.safetensors", "c", "a");
        var index = index(map);
        // When, Then
        assertThatThrownBy(() -> ShardedTensors.open(index))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(reason);
    }

    private Path index(String map) throws IOException {
        return Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{'metadata': {'total_size': 1}, 'weight_map': %s}"
                        .formatted(map)
                        .replace('\'', '"'));
    }

    /** Tensors of two floats that are their names' first letters. */
    private void shard(String file, String... names) {
        SafetensorsWriter.write(
                folder.resolve(file),
                Arrays.stream(names)
                        .map(
                                name -> {
                                    var floats = arena.allocate(2);
                                    floats.set(0, name.charAt(0));
                                    return new NamedTensor(name, List.of(2), floats, 0);
                                })
                        .toList());
    }
}
