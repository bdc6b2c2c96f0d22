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

    private TinyModels() {}

    public static Stream<String> all() {
        return Stream.of(OLMO2, LLAMA, GPT_NEOX, GPT_NEOX_SEQUENTIAL);
    }
}
