package io.retcon.retrainer.model;

import io.retcon.schemas.RefusedInput;

/**
 * The sizes that every family has.
 *
 * @param width of the residual stream
 * @param inner width of the feed-forward layer
 * @param positions longest sequence
 * @param initializerRange standard deviation of a fresh model's matrices
 */
public record Sizes(
        int vocabulary,
        int width,
        int inner,
        int blocks,
        int heads,
        int keyValueHeads,
        int headWidth,
        int positions,
        double initializerRange) {

    static Sizes of(JsonSettings config) {
        int width = config.positive("hidden_size");
        int heads = config.positive("num_attention_heads");
        int keyValueHeads = config.positive("num_key_value_heads", heads);
        if (heads % keyValueHeads != 0) {
            throw new RefusedInput(
                    "%s: num_attention_heads %d is no multiple of num_key_value_heads %d"
                            .formatted(config.place(), heads, keyValueHeads));
        }
        if (width % heads != 0 && !config.has("head_dim")) {
            throw new RefusedInput(
                    "%s: hidden_size %d is no multiple of num_attention_heads %d"
                            .formatted(config.place(), width, heads));
        }
        return new Sizes(
                config.positive("vocab_size"),
                width,
                config.positive("intermediate_size"),
                config.positive("num_hidden_layers"),
                heads,
                keyValueHeads,
                config.positive("head_dim", width / heads),
                config.positive("max_position_embeddings"),
                config.number("initializer_range", 0.02));
    }

    int queryWidth() {
        return heads * headWidth;
    }

    int keyWidth() {
        return keyValueHeads * headWidth;
    }
}
