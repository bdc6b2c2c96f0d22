package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.schemas.RefusedInput;

import java.util.List;

/** Llama (Touvron et al., 2023): h = x + attention(norm(x)), y = h + swiglu(norm(h)). */
public record Llama(Sizes sizes, Rotary rotary, double epsilon, SharedNames names)
        implements ModelConfig {

    static Llama of(JsonSettings config) {
        var sizes = Sizes.of(config);
        refuseUnsupported(config);
        return new Llama(
                sizes,
                rotary(config, sizes),
                config.number("rms_norm_eps", 1e-6),
                SharedNames.of(config));
    }

    static void refuseUnsupported(JsonSettings config) {
        config.only("hidden_act", "silu");
    }

    /** Rotary settings of configs that name them rope_theta, in old and new places. */
    static Rotary rotary(JsonSettings config, Sizes sizes) {
        refuseScaling(config);
        var parameters = config.object("rope_parameters");
        double base = parameters.number("rope_theta", config.number("rope_theta", 10_000));
        if (sizes.headWidth() % 2 != 0) {
            throw new RefusedInput(
                    "%s: heads of %d columns cannot be rotated in pairs"
                            .formatted(config.place(), sizes.headWidth()));
        }
        return new Rotary(sizes.headWidth(), base);
    }

    static void refuseScaling(JsonSettings config) {
        for (var key : List.of("rope_scaling", "rope_parameters")) {
            var scaling = config.object(key);
            var type = scaling.text("rope_type", scaling.text("type", "default"));
            if (!type.equals("default")) {
                throw new RefusedInput(
                        "%s: %s of type '%s' is not supported: only plain rotary embeddings are"
                                .formatted(config.place(), key, type));
            }
        }
    }

    @Override
    public ParameterLayout layout() {
        var builder = names.outside(sizes);
        for (int block = 0; block < sizes.blocks(); block++) {
            var in = "model.layers.%d.".formatted(block);
            names.insideBlock(builder, in, sizes)
                    .vector(in + "input_layernorm.weight", sizes.width())
                    .vector(in + "post_attention_layernorm.weight", sizes.width());
        }
        return builder.build();
    }

    @Override
    public String embedding() {
        return names.embedding();
    }

    @Override
    public String head() {
        return names.head();
    }

    @Override
    public <P> List<P> block(int block, Parts<P> parts) {
        var in = "model.layers.%d.".formatted(block);
        var columns =
                new QkvColumns.Stacked(sizes.heads(), sizes.keyValueHeads(), sizes.headWidth());
        var attention = parts.attention(columns, names.projection(in), names.dense(in));
        return List.of(
                parts.residual(
                        List.of(
                                parts.chain(
                                        parts.rmsNorm(in + "input_layernorm.weight", epsilon),
                                        attention))),
                parts.residual(
                        List.of(
                                parts.chain(
                                        parts.rmsNorm(
                                                in + "post_attention_layernorm.weight", epsilon),
                                        names.feedForward(in, parts)))));
    }

    @Override
    public <P> P finalNorm(Parts<P> parts) {
        return parts.rmsNorm("model.norm.weight", epsilon);
    }
}
