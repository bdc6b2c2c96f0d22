package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys of OLMo's training config ({@code olmo/config.py}), and what each is to a recipe: read,
 * without bearing on what a step of a given history makes of given weights, or refused unless it
 * asks for nothing.
 */
final class OlmoKeys {
    private static final String TOP = "";

    /** What {@link OlmoConfig} reads, by section. */
    private static final Map<String, Set<String>> READ =
            Map.of(
                    TOP,
                    words(
                            """
                            optimizer scheduler model data max_duration global_train_batch_size
                            max_grad_norm softmax_auxiliary_loss auxiliary_loss_multiplier
                            """),
                    "optimizer",
                    words(
                            """
                            name learning_rate weight_decay betas eps decay_norm_and_bias
                            decay_embeddings
                            """),
                    "scheduler",
                    words("name units t_warmup t_max alpha_f warmup_min_lr"),
                    "model",
                    words("max_sequence_length eos_token_id"),
                    "data",
                    words("generate_doc_lengths"));

    /**
     * Where it saves and logs, what it evaluates, how it spreads over machines and in which
     * precision; what the history and the checkpoint's own config.json say.
     */
    private static final Map<String, Set<String>> WITHOUT_BEARING =
            Map.of(
                    TOP,
                    words(
                            """
                            run_name seed epoch dry_run restore_dataloader fast_forward_batches
                            evaluators eval_interval tokenizer save_folder remote_save_folder
                            canceled_check_interval save_interval save_interval_unsharded
                            save_interval_ephemeral save_num_checkpoints_to_keep
                            save_num_unsharded_checkpoints_to_keep save_overwrite
                            force_save_unsharded no_pre_train_checkpoint load_path
                            load_path_sharded_checkpointer try_load_latest_save
                            reset_optimizer_state reset_trainer_state sharded_checkpointer
                            new_style_checkpoints device_train_batch_size
                            device_train_microbatch_size device_eval_batch_size
                            eval_subset_num_batches eval_on_load device_train_grad_accum precision
                            wandb speed_monitor console_log_interval gen1_gc_interval compile
                            distributed_strategy fsdp ddp single time_limit
                            extra_steps_after_cancel early_stopping_factor save_data_indices
                            python_profiling torch_profiling stop_at stop_after
                            activation_checkpointing fused_loss hf_datasets_cache_dir
                            module_outputs_save_steps
                            """),
                    "optimizer",
                    words("metrics_log_interval record_update_metrics"),
                    "scheduler",
                    Set.of(),
                    "model",
                    words(
                            """
                            d_model n_heads n_kv_heads n_layers mlp_ratio mlp_hidden_size
                            activation_type block_type block_group_size alibi_bias_max rope
                            rope_full_precision rope_theta flash_attention multi_query_attention
                            attention_layer_norm layer_norm_type layer_norm_with_affine
                            layer_norm_eps attention_layer_norm_with_affine include_bias
                            bias_for_layer_norm vocab_size embedding_size weight_tying pad_token_id
                            init_device init_fn init_std init_cutoff_factor precision
                            scale_emb_init emb_init_std norm_after
                            """),
                    "data",
                    words(
                            """
                            paths memmap_dtype effective_memmap_dtype datasets pad_direction
                            generate_attention_mask num_workers drop_last pin_memory
                            prefetch_factor persistent_workers timeout seed
                            """));

    /** What is not done here, and the values that ask for nothing. */
    private static final Map<String, Map<String, Predicate<JsonNode>>> REFUSED =
            Map.of(
                    TOP,
                    Map.of("max_grad_norm_ratio", JsonNode::isNull),
                    "optimizer",
                    Map.of(
                            "no_decay_norm_and_bias",
                            JsonNode::isNull,
                            "selective_updates",
                            OlmoKeys::isOff),
                    "scheduler",
                    Map.of(
                            "grad_clip_warmup_steps",
                            JsonNode::isNull,
                            "grad_clip_warmup_factor",
                            JsonNode::isNull),
                    "model",
                    Map.of(
                            "attention_dropout",
                            OlmoKeys::isZero,
                            "residual_dropout",
                            OlmoKeys::isZero,
                            "embedding_dropout",
                            OlmoKeys::isZero,
                            "clip_qkv",
                            JsonNode::isNull,
                            "alibi",
                            OlmoKeys::isOff,
                            "embedding_layer_norm",
                            OlmoKeys::isOff,
                            "scale_logits",
                            OlmoKeys::isOff),
                    "data",
                    Map.of(
                            "label_mask_paths",
                            JsonNode::isNull,
                            "instance_filter",
                            JsonNode::isNull,
                            "custom_dataset",
                            JsonNode::isNull));

    private OlmoKeys() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    private static boolean isOff(JsonNode value) {
        return OmegaField.flag(value).filter(flag -> !flag).isPresent();
    }

    private static boolean isZero(JsonNode value) {
        return OmegaField.number(value).filter(number -> number == 0).isPresent();
    }

    /**
     * @throws RefusedInput naming a key that OLMo does not know or that asks for what is not done
     *     here
     */
    static void check(JsonNode config, String place) {
        check(config, TOP, place);
        for (var section : List.of("optimizer", "scheduler", "model", "data")) {
            check(config.path(section), section, place);
        }
    }

    private static void check(JsonNode section, String name, String place) {
        if (section.isMissingNode()) {
            return;
        }
        if (!section.isObject()) {
            throw new RefusedInput(
                    "%s: '%s' is %s: its keys are expected".formatted(place, name, section));
        }
        var known = new HashSet<>(READ.get(name));
        known.addAll(WITHOUT_BEARING.get(name));
        known.addAll(REFUSED.get(name).keySet());
        for (var field : section.properties()) {
            var key = field.getKey();
            var path = name.isEmpty() ? key : name + "/" + key;
            if (!known.contains(key)) {
                throw new RefusedInput(
                        "%s: '%s' is no key of OLMo's config%s"
                                .formatted(place, path, new KnownWords(known).mend(key)));
            }
            var asksForNothing = REFUSED.get(name).get(key);
            if (asksForNothing != null && !asksForNothing.test(field.getValue())) {
                throw new RefusedInput(
                        "%s: '%s' is not supported, and training would not be the same without it: leave it at its default, or retrain by engine external"
                                .formatted(place, path));
            }
        }
    }
}
