package io.retcon.retrainer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.export.TokenFolderManifest;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OlmoTrainerConfigTest {
    private static final String OWN =
            """
            run_name: OLMo2-1B-stage1
            model: { d_model: 2048, n_heads: 16, max_sequence_length: 4096 }
            optimizer: { name: adamw, learning_rate: 4.0e-4 }
            scheduler: { name: cosine_with_warmup, units: tokens, t_warmup: 8388608000, t_max: 5e12 }
            wandb: { project: olmo }
            evaluators: [{ label: piqa }]
            max_duration: 4e12T
            load_path: null
            global_train_batch_size: 512
            fsdp: { sharding_strategy: SHARD_GRAD_OP }
            data: { num_workers: 32, datasets: { a: [b] }, paths: [c.npy] }
            """;

    @TempDir private Path folder;

    @Test
    void changesWhatARetrainingDiffersInAndLeavesTheRest() throws IOException {
        // Given
        var tokens = manifest(null);
        var config = OlmoTrainerConfig.parse(OWN, "config.yaml");
        // When
        var written = load(config.of(retrained(tokens)));
        // Then
        assertThat(written)
                .containsEntry("load_path", "/checkpoints/step300")
                .containsEntry("stop_at", 310)
                .containsEntry("restore_dataloader", true)
                .containsEntry("reset_optimizer_state", true)
                .containsEntry("save_folder", "/work/trainer")
                .containsEntry("evaluators", List.of())
                .containsEntry("global_train_batch_size", 2)
                .containsEntry("max_duration", "4e12T")
                .doesNotContainKey("wandb");
        var own = load(OWN);
        assertThat(written.get("scheduler")).isEqualTo(own.get("scheduler"));
        assertThat(written.get("optimizer")).isEqualTo(own.get("optimizer"));
        assertThat(written.get("fsdp")).isEqualTo(own.get("fsdp"));
        assertThat(((Map<?, ?>) written.get("model")).get("max_sequence_length")).isEqualTo(8);
        assertThat(written.get("data"))
                .isEqualTo(
                        Map.of(
                                "num_workers",
                                32,
                                "paths",
                                List.of(
                                        folder.resolve("tokens-300-305.bin").toString(),
                                        folder.resolve("tokens-305-310.bin").toString()),
                                "memmap_dtype",
                                "uint32",
                                "drop_last",
                                true));
    }

    /** OLMo wants a mask for each file or for none. */
    @Test
    void givesEveryFileAMaskWhereOneHasOne() throws IOException {
        // Given
        var tokens = manifest("mask-305-310.bin");
        // When
        var written = load(OlmoTrainerConfig.parse(OWN, "config.yaml").of(retrained(tokens)));
        // Then
        assertThat(((Map<?, ?>) written.get("data")).get("label_mask_paths"))
                .isEqualTo(
                        List.of(
                                folder.resolve("mask-300-305.bin").toString(),
                                folder.resolve("mask-305-310.bin").toString()));
        assertThat(Files.readAllBytes(folder.resolve("mask-300-305.bin")))
                .hasSize(5 * 2 * 8)
                .containsOnly(1);
    }

    @Test
    void anotherKindOfConfigIsRefused() {
        // When, Then
        assertThatThrownBy(() -> OlmoTrainerConfig.parse("model: {}", "config.yaml"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage("config.yaml: no config of OLMo's: 'model' or 'optimizer' is missing");
        assertThatThrownBy(() -> OlmoTrainerConfig.read(folder.resolve("config.yaml")))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("put it beside the checkpoint as config.yaml");
    }

    private OlmoTrainerConfig.Retrained retrained(TokenFolderManifest tokens) {
        return new OlmoTrainerConfig.Retrained(
                "name", "/checkpoints/step300", true, folder, tokens, Path.of("/work/trainer"));
    }

    private static TokenFolderManifest manifest(String mask) {
        return new TokenFolderManifest(
                "run",
                "0123456789abcdef",
                "treated",
                300,
                310,
                2,
                8,
                "uint32",
                100,
                0,
                List.of(
                        new TokenFolderManifest.Tokens(
                                "tokens-300-305.bin", 300, 305, 320, "a", null, null),
                        new TokenFolderManifest.Tokens(
                                "tokens-305-310.bin", 305, 310, 320, "b", mask, null)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> load(String yaml) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
