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

    /** No model is larger in any direction, and sums of a few of these fit an int. */
    private static final int LARGEST = 1 << 24;

    private static final int MOST_BLOCKS = 1 << 12;

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
        int headWidth = config.positive("head_dim", width / heads);
        atMost(config, "num_hidden_layers", config.positive("num_hidden_layers"), MOST_BLOCKS);
        atMost(config, "hidden_size", width, LARGEST);
        atMost(config, "vocab_size", config.positive("vocab_size"), LARGEST);
        atMost(config, "intermediate_size", config.positive("intermediate_size"), LARGEST);
        atMost(config, "head_dim times heads", (long) headWidth * heads, LARGEST);
        return new Sizes(
                config.positive("vocab_size"),
                width,
                config.positive("intermediate_size"),
                config.positive("num_hidden_layers"),
                heads,
                keyValueHeads,
                headWidth,
                config.positive("max_position_embeddings"),
                config.number("initializer_range", 0.02));
    }

    private static void atMost(JsonSettings config, String what, long size, int largest) {
        if (size > largest) {
            throw new RefusedInput(
                    "%s: %s of %d is beyond any model: up to %d is read"
                            .formatted(config.place(), what, size, largest));
        }
    }

    int queryWidth() {
        return heads * headWidth;
    }

    int keyWidth() {
        return keyValueHeads * headWidth;
    }
}
