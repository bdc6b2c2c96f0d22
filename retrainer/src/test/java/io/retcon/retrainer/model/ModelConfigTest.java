package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

class ModelConfigTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"olmo2\";\"mamba\";model_type 'mamba' is none of olmo2, llama, gpt_neox",
                "\"hidden_size\": 36;\"hidden_size\": 0;'hidden_size' is 0",
                "\"hidden_size\": 36;\"hidden_size\": 37;no multiple of num_attention_heads",
                "\"num_key_value_heads\": 3;\"num_key_value_heads\": 2;no multiple of"
                        + " num_key_value_heads",
                "\"vocab_size\": 101;\"vocab\": 101;'vocab_size' is missing",
                "\"rope_theta\": 10000;\"rope_scaling\": {\"rope_type\": \"yarn\"};of type 'yarn'"
                        + " is not supported",
                "\"rope_theta\": 10000;\"hidden_act\": \"relu\";hidden_act 'relu' is not supported",
                "\"num_hidden_layers\": 2;\"num_hidden_layers\": 99999;beyond any model",
                "\"vocab_size\": 101;\"vocab_size\": 2000000000;beyond any model"
            })
    void wrongConfigsAreRefused(String right, String wrong, String reason) {
        // When, Then
        assertThatThrownBy(
                        () ->
                                ModelConfig.parse(
                                        TinyModels.OLMO2.replace(right, wrong), "my config"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("my config: ")
                .hasMessageContaining(reason);
    }

    @Test
    void weightsOfAnotherModelAreRefused(@TempDir Path folder) {
        // Given
        var file = folder.resolve("model.safetensors");
        var olmo = ModelConfig.parse(TinyModels.OLMO2, "config");
        try (var model = LanguageModel.fresh(olmo, 1)) {
            model.save(file);
        }
        var deeper =
                TinyModels.OLMO2.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
        var wider = TinyModels.OLMO2.replace("\"vocab_size\": 101", "\"vocab_size\": 102");
        // When, Then
        assertThatThrownBy(() -> LanguageModel.load(ModelConfig.parse(deeper, "config"), file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("tensor 'model.layers.2.")
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> LanguageModel.load(ModelConfig.parse(wider, "config"), file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("has shape [101, 36] but the config asks for [102, 36]");
        assertThatThrownBy(
                        () ->
                                LanguageModel.load(
                                        ModelConfig.parse(TinyModels.LLAMA, "config"), file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("is no part of the model that the config describes");
    }

    @Test
    void tiedModelsHaveNoHeadOfTheirOwn() {
        // When
        var config = ModelConfig.parse(TinyModels.LLAMA, "config");
        // Then
        assertThat(config.head()).isEqualTo(config.embedding());
        assertThat(config.layout().contains("lm_head.weight")).isFalse();
    }
}
