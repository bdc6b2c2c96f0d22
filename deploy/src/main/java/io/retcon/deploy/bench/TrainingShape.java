package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A model's shape and the batches it is timed on.
 *
 * @param inner width of the feed-forward
 * @param length tokens a sequence
 * @param batch sequences a step
 */
record TrainingShape(
        String name,
        Family family,
        int width,
        int layers,
        int heads,
        int inner,
        int vocabulary,
        int length,
        int batch) {
    /** Which formulas it follows; the peer's script has OLMo 2's alone. */
    enum Family {
        OLMO2,
        PYTHIA
    }

    static final TrainingShape DEMO =
            new TrainingShape("demo", Family.OLMO2, 128, 2, 4, 352, 210, 48, 8);
    static final TrainingShape SMALL =
            new TrainingShape("small", Family.OLMO2, 256, 4, 4, 688, 8192, 256, 8);
    static final TrainingShape MEDIUM =
            new TrainingShape("medium", Family.OLMO2, 512, 4, 8, 1376, 16384, 512, 4);
    static final TrainingShape PYTHIA_160M =
            new TrainingShape("pythia-160m", Family.PYTHIA, 768, 12, 12, 3072, 50304, 512, 2);

    /** OLMo-2-1B as it was trained: for a GPU. */
    static final TrainingShape OLMO2_1B =
            new TrainingShape("olmo2-1b", Family.OLMO2, 2048, 16, 16, 8192, 100_352, 4096, 16);

    /** One sequence of another length. */
    TrainingShape single(int tokens) {
        return new TrainingShape(name, family, width, layers, heads, inner, vocabulary, tokens, 1);
    }

    /** Hugging Face's config.json, which ours and the peer read alike. */
    String configJson() {
        var config =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("hidden_size", width)
                        .put("num_hidden_layers", layers)
                        .put("num_attention_heads", heads)
                        .put("intermediate_size", inner)
                        .put("vocab_size", vocabulary)
                        .put("max_position_embeddings", length)
                        .put("tie_word_embeddings", false);
        return switch (family) {
            case OLMO2 ->
                    config.put("model_type", "olmo2")
                            .put("num_key_value_heads", heads)
                            .put("rms_norm_eps", 1e-6)
                            .put("rope_theta", 10_000.0)
                            .toString();
            case PYTHIA ->
                    config.put("model_type", "gpt_neox")
                            .put("rotary_pct", 0.25)
                            .put("use_parallel_residual", true)
                            .toString();
        };
    }

    long tokensPerStep() {
        return (long) length * batch;
    }

    /** Multiply-adds of one step count two: six times weights in products, a token. */
    double flopsPerStep() {
        int feedForwardProducts = family == Family.OLMO2 ? 3 : 2;
        double weights =
                (double) layers
                                * (4.0 * width * width
                                        + (double) feedForwardProducts * width * inner)
                        + (double) width * vocabulary;
        double attention = 12.0 * layers * width * length / 2;
        return tokensPerStep() * (6 * weights + attention);
    }
}
