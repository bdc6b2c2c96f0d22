package io.retcon.retrainer;

import java.util.stream.Stream;

/** Configs of models small enough for a test, with sizes that are no multiple of a vector. */
public final class TinyModels {
    public static final int VOCABULARY = 101;

    public static final String OLMO2 =
            """
            {"model_type": "olmo2", "hidden_size": 36, "num_hidden_layers": 2,
             "num_attention_heads": 3, "num_key_value_heads": 3, "intermediate_size": 52,
             "vocab_size": 101, "rms_norm_eps": 1e-6, "rope_theta": 10000,
             "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    /** One key-value head for all query heads, logits from the embedding. */
    public static final String LLAMA =
            """
            {"model_type": "llama", "hidden_size": 30, "num_hidden_layers": 2,
             "num_attention_heads": 3, "num_key_value_heads": 1, "intermediate_size": 37,
             "vocab_size": 101, "rms_norm_eps": 1e-5, "tie_word_embeddings": true,
             "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    public static final String GPT_NEOX =
            """
            {"model_type": "gpt_neox", "hidden_size": 36, "num_hidden_layers": 2,
             "num_attention_heads": 3, "intermediate_size": 50, "vocab_size": 101,
             "rotary_pct": 0.5, "use_parallel_residual": true,
             "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    public static final String GPT_NEOX_SEQUENTIAL =
            GPT_NEOX.replace("residual\": true", "residual\": false");

    /** Biases everywhere, heads of another width than the model's share, a head of its own. */
    public static final String LLAMA_BIASED =
            """
            {"model_type": "llama", "hidden_size": 22, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 6,
             "intermediate_size": 19, "vocab_size": 101, "attention_bias": true, "mlp_bias": true,
             "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    /** Shared key-value heads under one norm, logits from the embedding. */
    public static final String OLMO2_SHARED =
            """
            {"model_type": "olmo2", "hidden_size": 20, "num_hidden_layers": 1,
             "num_attention_heads": 5, "num_key_value_heads": 1, "intermediate_size": 33,
             "vocab_size": 101, "rms_norm_eps": 1e-6, "tie_word_embeddings": true,
             "attention_bias": true, "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    /** Whole heads rotated, no biases in attention, logits from the embedding. */
    public static final String GPT_NEOX_TIED =
            """
            {"model_type": "gpt_neox", "hidden_size": 14, "num_hidden_layers": 2,
             "num_attention_heads": 1, "intermediate_size": 23, "vocab_size": 101,
             "rotary_pct": 1.0, "use_parallel_residual": false, "attention_bias": false,
             "tie_word_embeddings": true,
             "max_position_embeddings": 128, "initializer_range": 0.3}
            """;

    private TinyModels() {}

    public static Stream<String> all() {
        return Stream.of(
                OLMO2,
                OLMO2_SHARED,
                LLAMA,
                LLAMA_BIASED,
                GPT_NEOX,
                GPT_NEOX_SEQUENTIAL,
                GPT_NEOX_TIED);
    }
}
