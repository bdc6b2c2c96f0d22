package io.retcon.retrainer.model;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys of a Hugging Face config.json: those that every family reads, those that change nothing
 * of what a model computes, and those that are refused unless they ask for nothing.
 */
final class ConfigKeys {
    private static final Set<String> READ =
            words(
                    """
                    model_type architectures hidden_size num_hidden_layers num_attention_heads
                    num_key_value_heads head_dim intermediate_size vocab_size
                    max_position_embeddings initializer_range hidden_act tie_word_embeddings
                    attention_bias rope_theta rope_scaling rope_parameters partial_rotary_factor
                    attention_dropout eos_token_id
                    """);

    /** Who saved it and how, what to generate and report, heads of other tasks. */
    private static final Set<String> WITHOUT_BEARING =
            words(
                    """
                    _name_or_path _commit_hash transformers_version transformers.js_config
                    torch_dtype dtype auto_map custom_pipelines is_llama_config
                    max_sequence_length model_max_length
                    use_cache return_dict return_dict_in_generate output_hidden_states
                    output_attentions output_scores output_router_logits torchscript
                    use_bfloat16 tf_legacy_loss chunk_size_feed_forward gradient_checkpointing
                    _attn_implementation _attn_implementation_autoset _attn_implementation_internal
                    attn_implementation _flash_attn_2_enabled use_flash_attention
                    unsloth_fixed unsloth_version pretraining_tp is_decoder
                    id2label label2id num_labels problem_type finetuning_task
                    task_specific_params classifier_dropout tokenizer_class prefix
                    bos_token_id pad_token_id sep_token_id decoder_start_token_id
                    forced_bos_token_id forced_eos_token_id bad_words_ids suppress_tokens
                    begin_suppress_tokens max_length min_length max_new_tokens do_sample
                    early_stopping num_beams num_beam_groups diversity_penalty temperature top_k
                    top_p typical_p repetition_penalty length_penalty no_repeat_ngram_size
                    encoder_no_repeat_ngram_size num_return_sequences remove_invalid_values
                    exponential_decay_length_penalty cross_attention_hidden_size
                    """);

    /** Where null is as good as absence. */
    private static final Set<String> NULLABLE =
            words(
                    """
                    num_key_value_heads head_dim rope_scaling rope_parameters attention_dropout
                    eos_token_id architectures
                    """);

    /** What no family here does, and the values that ask for nothing. */
    private static final Map<String, Predicate<JsonNode>> REFUSED =
            Map.ofEntries(
                    Map.entry("sliding_window", JsonNode::isNull),
                    Map.entry("use_sliding_window", ConfigKeys::isOff),
                    Map.entry("layer_types", ConfigKeys::isFullAttention),
                    Map.entry("attention_probs_dropout_prob", ConfigKeys::isZero),
                    Map.entry("hidden_dropout_prob", ConfigKeys::isZero),
                    Map.entry("clip_qkv", JsonNode::isNull),
                    Map.entry("attn_logit_softcapping", JsonNode::isNull),
                    Map.entry("final_logit_softcapping", JsonNode::isNull),
                    Map.entry("query_pre_attn_scalar", JsonNode::isNull),
                    Map.entry("quantization_config", JsonNode::isNull),
                    Map.entry("rope_interleaved", ConfigKeys::isOff),
                    Map.entry("add_cross_attention", ConfigKeys::isOff),
                    Map.entry("is_encoder_decoder", ConfigKeys::isOff),
                    Map.entry("tie_encoder_decoder", ConfigKeys::isOff),
                    Map.entry("pruned_heads", value -> value.isNull() || value.isEmpty()));

    private ConfigKeys() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    private static boolean isOff(JsonNode value) {
        return value.isNull() || value.isBoolean() && !value.booleanValue();
    }

    private static boolean isZero(JsonNode value) {
        return value.isNull() || value.isNumber() && value.doubleValue() == 0;
    }

    private static boolean isFullAttention(JsonNode value) {
        boolean full = value.isNull() || value.isArray();
        for (var type : value) {
            full &= type.asText().equals("full_attention");
        }
        return full;
    }

    /**
     * @param own keys that a family reads beyond those of all
     * @throws RefusedInput naming a key that is not known or that asks for what is not done here
     */
    static void check(JsonSettings config, Set<String> own) {
        var known = new HashSet<>(READ);
        known.addAll(own);
        known.addAll(WITHOUT_BEARING);
        known.addAll(REFUSED.keySet());
        var nullable = new HashSet<>(NULLABLE);
        nullable.addAll(WITHOUT_BEARING);
        nullable.addAll(REFUSED.keySet());
        config.refuseOthers(known, nullable);
        REFUSED.forEach(
                (key, asksForNothing) -> {
                    if (config.has(key) && !asksForNothing.test(config.value(key))) {
                        throw new RefusedInput(
                                "%s: %s of %s is not supported"
                                        .formatted(config.place(), key, config.value(key)));
                    }
                });
        checkArchitectures(config);
    }

    private static void checkArchitectures(JsonSettings config) {
        var type = config.text("model_type");
        for (var architecture : config.texts("architectures")) {
            if (!architecture.toLowerCase(Locale.ROOT).startsWith(type.replace("_", ""))) {
                throw new RefusedInput(
                        "%s: model_type '%s' and architectures '%s' contradict each other: keep what the model is"
                                .formatted(config.place(), type, architecture));
            }
        }
    }

    /**
     * @throws RefusedInput if training would drop out what is not dropped here
     */
    static void refuseDropout(JsonSettings config) {
        for (var key : List.of("attention_dropout", "hidden_dropout")) {
            if (config.number(key, 0) > 0) {
                throw new RefusedInput(
                        "%s: %s of %s is not supported in training: only 0 is"
                                .formatted(config.place(), key, config.value(key)));
            }
        }
    }
}
