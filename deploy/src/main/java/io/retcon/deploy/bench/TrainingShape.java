package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An OLMo-2-shaped model and the batches it is timed on.
 *
 * @param inner width of the feed-forward
 * @param length tokens a sequence
 * @param batch sequences a step
 */
record TrainingShape(
        String name,
        int width,
        int layers,
        int heads,
        int inner,
        int vocabulary,
        int length,
        int batch) {
    static final TrainingShape DEMO = new TrainingShape("demo", 128, 2, 4, 352, 210, 48, 8);
    static final TrainingShape SMALL = new TrainingShape("small", 256, 4, 4, 688, 8192, 256, 8);

    /** Hugging Face's config.json, which ours and the peer read alike. */
    String configJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model_type", "olmo2")
                .put("hidden_size", width)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", heads)
                .put("num_key_value_heads", heads)
                .put("intermediate_size", inner)
                .put("vocab_size", vocabulary)
                .put("max_position_embeddings", length)
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", 10_000.0)
                .put("tie_word_embeddings", false)
                .toString();
    }

    long tokensPerStep() {
        return (long) length * batch;
    }

    /** Multiply-adds of one step count two: six times weights in products, a token. */
    double flopsPerStep() {
        double weights =
                (double) layers * (4.0 * width * width + 3.0 * width * inner)
                        + (double) width * vocabulary;
        double attention = 12.0 * layers * width * length / 2;
        return tokensPerStep() * (6 * weights + attention);
    }
}
