package io.retcon.retrainer.model;

import io.retcon.schemas.RefusedInput;

import java.util.List;

/** A model family with its sizes, bound from a Hugging Face config.json. */
public sealed interface ModelConfig permits Olmo2, Llama, GptNeox {
    /** Reads a config.json; {@code place} names it in refusals. */
    static ModelConfig parse(String json, String place) {
        var config = JsonSettings.parse(json, place);
        var type = config.text("model_type");
        return switch (type) {
            case "olmo2" -> Olmo2.of(config);
            case "llama" -> Llama.of(config);
            case "gpt_neox" -> GptNeox.of(config);
            default ->
                    throw new RefusedInput(
                            "%s: model_type '%s' is none of olmo2, llama, gpt_neox"
                                    .formatted(place, type));
        };
    }

    /**
     * @throws RefusedInput if a model of this config.json is trained in a way that is not supported
     */
    static void requireTrainable(String json, String place) {
        ConfigKeys.refuseDropout(JsonSettings.parse(json, place));
    }

    Sizes sizes();

    /** What turns with the position. */
    Rotary rotary();

    /** All tensors. */
    ParameterLayout layout();

    /** Name of the embedding, [vocabulary][width]. */
    String embedding();

    /** Name of the matrix that turns the last hidden state into logits; the embedding's if tied. */
    String head();

    /** The parts of block {@code block}, in order. */
    <P> List<P> block(int block, Parts<P> parts);

    <P> P finalNorm(Parts<P> parts);

    default int width() {
        return sizes().width();
    }

    default int vocabulary() {
        return sizes().vocabulary();
    }

    /**
     * Rotary settings.
     *
     * @param columns how many columns of a head turn, even
     * @param base the base of the angles' geometric series
     */
    record Rotary(int columns, double base) {}
}
