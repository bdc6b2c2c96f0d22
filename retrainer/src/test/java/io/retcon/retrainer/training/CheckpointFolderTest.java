package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.safetensors.SafetensorsWriter;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

@EngineContract
class CheckpointFolderTest {
    @TempDir private Path folder;

    private Path path;

    @BeforeEach
    void saveAModel() throws IOException {
        path = folder.resolve("checkpoint");
        try (var trainer =
                Trainer.fresh(
                        TinyModels.LLAMA,
                        Recipe.parse("{\"learning_rate\": 1, \"t_max\": 9}", "test"),
                        1,
                        1)) {
            trainer.save(path);
        }
        Files.delete(path.resolve("state.json"));
    }

    @Test
    void shardsAreTheSameModel() throws IOException {
        // Given
        try (var whole = new CheckpointFolder(path).model()) {
            shard(whole);
            Files.delete(path.resolve("model.safetensors"));
            // When
            try (var sharded = new CheckpointFolder(path).model()) {
                // Then
                for (long i = 0; i < whole.layout().length(); i++) {
                    assertThat(sharded.weights().get(i)).isEqualTo(whole.weights().get(i));
                }
            }
        }
        assertThat(new CheckpointFolder(path).hasWeights()).isTrue();
        assertThat(new CheckpointFolder(path).sha256()).hasSize(64);
    }

    @Test
    void anAbsentShardIsRefused() throws IOException {
        // Given
        try (var whole = new CheckpointFolder(path).model()) {
            shard(whole);
        }
        Files.delete(path.resolve("model.safetensors"));
        Files.delete(path.resolve("model-1.safetensors"));
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("model-1.safetensors: no such file");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        // Given
        try (var model = new CheckpointFolder(path).model()) {
            var norm = model.layout().get("model.layers.1.input_layernorm.weight");
            model.weights().set(norm.offset() + 3, Float.NaN);
            model.save(path.resolve("model.safetensors"));
        }
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(
                        "tensor 'model.layers.1.input_layernorm.weight' holds NaN at index 3");
    }

    /** Every second tensor in the other of two shards. */
    private void shard(LanguageModel model) throws IOException {
        var tensors = LanguageModel.tensors(model.layout(), model.weights(), "");
        var index =
                tensors.stream()
                        .map(
                                t ->
                                        "\"%s\": \"model-%d.safetensors\""
                                                .formatted(t.name(), tensors.indexOf(t) % 2))
                        .collect(Collectors.joining(", ", "{\"weight_map\": {", "}}"));
        for (int shard : List.of(0, 1)) {
            SafetensorsWriter.write(
                    path.resolve("model-%d.safetensors".formatted(shard)),
                    tensors.stream().filter(t -> tensors.indexOf(t) % 2 == shard).toList());
        }
        Files.writeString(path.resolve("model.safetensors.index.json"), index);
    }
}
