package io.retcon.retrainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

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
                "\"vocab_size\": 101;\"vocab\": 101;did you mean vocab_size?",
                "\"vocab_size\": 101;\"pad_token_id\": 101;'vocab_size' is missing",
                "\"vocab_size\": 101;\"vocab_size\": null;'vocab_size' is null",
                "\"vocab_size\": 101;\"vocab_size\": 101, \"vocab_size\": 7;Duplicate field",
                "\"vocab_size\": 101;\"vocab_size\": 101.0;a positive whole number",
                "\"rms_norm_eps\": 1e-6;\"layer_norm_eps\": 1e-6;'layer_norm_eps' is no key",
                "\"rms_norm_eps\": 1e-6;\"rms_norm_eps\": \"1e-6\";a number from 0 on",
                "\"rms_norm_eps\": 1e-6;\"rms_norm_eps\": NaN;not JSON",
                "\"rope_theta\": 10000;\"rope_theta\": 0;a number above 0",
                "\"rope_theta\": 10000;\"rope_base\": 10000;'rope_base' is no key",
                "\"rope_theta\": 10000;\"mlp_bias\": true;olmo2 has no mlp_bias",
                "\"rope_theta\": 10000;\"clip_qkv\": 8.0;clip_qkv of 8.0 is not supported",
                "\"rope_theta\": 10000;\"sliding_window\": 64;sliding_window of 64 is not",
                "\"rope_theta\": 10000;\"layer_types\": [\"full_attention\","
                        + " \"sliding_attention\"];layer_types of",
                "\"rope_theta\": 10000;\"final_logit_softcapping\": 30;final_logit_softcapping",
                "\"rope_theta\": 10000;\"quantization_config\": {};quantization_config",
                "\"rope_theta\": 10000;\"hidden_dropout_prob\": 0.1;hidden_dropout_prob of 0.1 is",
                "\"rope_theta\": 10000;\"tie_word_embeddings\": 1;true or false is expected",
                "\"rope_theta\": 10000;\"tie_word_embeddings\": null;'tie_word_embeddings' is null",
                "\"rope_theta\": 10000;\"architectures\": [\"LlamaForCausalLM\"];contradict each"
                        + " other",
                "\"rope_theta\": 10000;\"partial_rotary_factor\": 0.5;only whole heads",
                "\"rope_theta\": 10000;\"rope_scaling\": 3;an object is expected",
                "\"rope_theta\": 10000;\"rope_scaling\": {\"factor\": 2.0};'factor' is no key",
                "\"rope_theta\": 10000;\"rope_theta\": 1e4, \"rope_parameters\": {\"rope_theta\":"
                        + " 5e5};contradict each other",
                "\"rope_theta\": 10000;\"rope_parameters\": {\"sliding_attention\":"
                        + " {\"rope_theta\": 5e5}};nothing for 'full_attention'",
                "\"rope_theta\": 10000;\"rope_parameters\": {\"full_attention\": {\"rope_type\":"
                        + " \"linear\", \"factor\": 2}};of type 'linear' are not supported",
                "\"rope_theta\": 10000;\"rope_scaling\": {\"rope_type\": \"yarn\"};of type"
                        + " 'yarn' are not supported",
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
                .hasMessageStartingWith("my config")
                .hasMessageContaining(reason);
    }

    /** transformers 5 has the base in dictionaries of several shapes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rope_theta\": 5e5",
                "\"rope_theta\": 500000, \"rope_scaling\": null",
                "\"rope_scaling\": {\"rope_theta\": 5e5}",
                "\"rope_parameters\": {\"rope_theta\": 5e5, \"rope_type\": \"default\"}",
                "\"rope_theta\": 5e5, \"rope_parameters\": {\"rope_theta\": 500000.0}",
                "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5e5},"
                        + " \"sliding_attention\": {\"rope_theta\": 1e4}}",
                "\"layer_types\": [\"full_attention\", \"full_attention\"], \"rope_parameters\":"
                        + " {\"full_attention\": {\"rope_theta\": 5e5, \"rope_type\": \"default\"}}"
            })
    void theBaseIsReadFromWhereverItIs(String rope) {
        // Given
        var json = TinyModels.OLMO2.replace("\"rope_theta\": 10000", rope);
        // When, Then
        assertThat(ModelConfig.parse(json, "config").rotary().base()).isEqualTo(5e5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rotary_emb_base\": 25000, \"rotary_pct\": 0.5",
                "\"rotary_emb_base\": 25000, \"rope_theta\": 25000, \"partial_rotary_factor\": 0.5",
                "\"rope_parameters\": {\"rope_theta\": 25000, \"partial_rotary_factor\": 0.5}"
            })
    void gptNeoxSaysTheSameUnderOtherNames(String rope) {
        // Given
        var json = TinyModels.GPT_NEOX.replace("\"rotary_pct\": 0.5", rope);
        // When
        var rotary = ModelConfig.parse(json, "config").rotary();
        // Then
        assertThat(rotary.base()).isEqualTo(25_000);
        assertThat(rotary.columns()).isEqualTo(6);
    }

    /** As transformers 5.24 makes them of a config that says nothing of the kind. */
    @Test
    void whatIsNotSaidIsAsTheFamilyHasIt() {
        // Given
        var sizes =
                """
                "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
                "intermediate_size": 64, "vocab_size": 97, "max_position_embeddings": 64
                """;
        // When
        var llama = ModelConfig.parse("{\"model_type\": \"llama\", %s}".formatted(sizes), "llama");
        var olmo = ModelConfig.parse("{\"model_type\": \"olmo2\", %s}".formatted(sizes), "olmo2");
        var neox = ModelConfig.parse("{\"model_type\": \"gpt_neox\", %s}".formatted(sizes), "neox");
        // Then
        assertThat(((Llama) llama).epsilon()).isEqualTo(1e-6);
        assertThat(((Olmo2) olmo).epsilon()).isEqualTo(1e-5);
        assertThat(((GptNeox) neox).epsilon()).isEqualTo(1e-5);
        assertThat(((GptNeox) neox).attentionBias()).isEqualTo(Bias.ADDED);
        assertThat(((GptNeox) neox).residual()).isEqualTo(GptNeox.ResidualOrder.PARALLEL);
        assertThat(neox.rotary()).isEqualTo(new ModelConfig.Rotary(4, 10_000));
        assertThat(llama.rotary()).isEqualTo(new ModelConfig.Rotary(16, 10_000));
        for (var config : List.of(llama, olmo, neox)) {
            assertThat(config.head()).isNotEqualTo(config.embedding());
        }
    }

    /** Of published models: SmolLM2, the first Llamas, early conversions of GPT-NeoX, Dolly. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"is_llama_config\": true, \"rope_interleaved\": false",
                "\"transformers.js_config\": {\"dtype\": \"q4\"}",
                "\"max_sequence_length\": 2048",
                "\"attention_probs_dropout_prob\": 0, \"hidden_dropout_prob\": 0.0",
                "\"custom_pipelines\": {}"
            })
    void keysWithoutBearingAreRead(String keys) {
        // Given
        var json = TinyModels.OLMO2.replace("\"vocab_size\"", keys + ", \"vocab_size\"");
        // When, Then
        assertThat(ModelConfig.parse(json, "config"))
                .isEqualTo(ModelConfig.parse(TinyModels.OLMO2, "config"));
    }

    @Test
    void dropoutIsNothingToAScoreButIsRefusedInTraining() {
        // Given
        var json =
                TinyModels.OLMO2.replace(
                        "\"vocab_size\"", "\"attention_dropout\": 0.1, \"vocab_size\"");
        // When, Then
        assertThat(ModelConfig.parse(json, "config").vocabulary()).isEqualTo(101);
        assertThatThrownBy(() -> ModelConfig.requireTrainable(json, "config"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "config: attention_dropout of 0.1 is not supported in training: only 0 is");
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
