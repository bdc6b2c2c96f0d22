package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.safetensors.NamedTensor;
import io.retcon.retrainer.safetensors.SafetensorsWriter;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@EngineContract
class CheckpointFolderTest {
    @TempDir private Path folder;

    private Path path;

    @BeforeEach
    void saveAModel() throws IOException {
        path = folder.resolve("checkpoint");
        saved(path);
        Files.delete(path.resolve("state.json"));
    }

    private static void saved(Path path) {
        try (var trainer =
                Trainer.fresh(
                        TinyModels.LLAMA,
                        Recipe.parse("{\"learning_rate\": 1, \"t_max\": 9}", "test"),
                        1,
                        1)) {
            trainer.save(path);
        }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version https://git-lfs.github.com/spec/v1 oid|it is a Git LFS"
                        + " pointer, not the weights: fetch them with 'git lfs pull'",
                "<!DOCTYPE html><html>404</html>|it is a web page",
                "{\"error\": \"Repository not found\"}|it is JSON",
                "PK\u0003\u0004zip of torch|it is a PyTorch pickle: save the model with safetensors",
                "GGUF and more of it|it is a GGUF file",
                "EMPTY|it is empty: download it again",
                "abc|download it again"
            })
    void whatIsNoSafetensorsFileIsSaid(String content, String reason) throws IOException {
        // Given
        var text = content.equals("EMPTY") ? "" : content;
        Files.writeString(path.resolve("model.safetensors"), text, StandardCharsets.ISO_8859_1);
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(path.resolve("model.safetensors") + ": not a safetensors file: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pytorch_model.bin",
                "pytorch_model-00001-of-00002.bin",
                "model-00001-of-00002.safetensors",
                "model.pt",
                "tf_model.h5"
            })
    void weightsOfAnotherFormatAreNamed(String file) throws IOException {
        // Given
        Files.delete(path.resolve("model.safetensors"));
        Files.writeString(path.resolve(file), "weights");
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "%s: it has no model.safetensors, and [%s] cannot be read for it: save the model with safetensors, shards with their model.safetensors.index.json"
                                .formatted(path, file));
        assertThatThrownBy(() -> new CheckpointFolder(path).sha256())
                .isInstanceOf(RefusedInput.class);
    }

    @Test
    void aTiedModelsOwnHeadMustBeItsEmbedding() {
        // Given
        var file = path.resolve("model.safetensors");
        try (var model = new CheckpointFolder(path).model()) {
            var tensors = new ArrayList<>(LanguageModel.tensors(model.layout(), model.weights(), ""));
            var embedding = model.layout().get(model.config().embedding());
            tensors.add(
                    new NamedTensor(
                            "lm_head.weight", embedding.shape(), model.weights(), embedding.offset()));
            SafetensorsWriter.write(file, tensors);
            new CheckpointFolder(path).model().close();
            tensors.removeLast();
            model.weights().set(embedding.offset() + 5, 0.5f);
            tensors.add(
                    new NamedTensor(
                            "lm_head.weight", embedding.shape(), model.weights(), embedding.offset() + 1));
            SafetensorsWriter.write(file, tensors);
        }
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("tensor 'lm_head.weight' is not the embedding");
    }

    /** The smallest change of what says how to go on, or of the numbers themselves. */
    @ParameterizedTest
    @CsvSource({
        "state.json, \"updates\" : 0, \"updates\" : 1",
        "state.json, \"step\" : 0, \"step\" : 2",
        "state.json, \"seal\", \"seel\"",
        "config.json, \"rms_norm_eps\": 1e-5, \"rms_norm_eps\": 1e-6",
        "recipe.json, \"t_max\": 9, \"t_max\": 8"
    })
    void aCheckpointIsSealed(String file, String right, String wrong) throws IOException {
        // Given
        var sealed = folder.resolve("sealed");
        saved(sealed);
        var text = Files.readString(sealed.resolve(file));
        assertThat(text).contains(right);
        Files.writeString(sealed.resolve(file), text.replace(right, wrong));
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(sealed).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(sealed.toString());
        assertThat(new CheckpointFolder(sealed).isWhole()).isFalse();
    }

    @Test
    void anOptimizerWithoutItsStateIsRefused() {
        // Given: the state is missing.
        var recipe = new CheckpointFolder(path).recipe();
        // When, Then
        assertThatThrownBy(
                        () ->
                                Trainer.open(
                                        new CheckpointFolder(path),
                                        recipe,
                                        OptimizerStart.COLD_IF_ABSENT,
                                        1))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("optimizer.safetensors without state.json");
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
