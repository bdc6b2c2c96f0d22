package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.Set;

/** Llama (Touvron et al., 2023): h = x + attention(norm(x)), y = h + swiglu(norm(h)). */
public record Llama(Sizes sizes, Rotary rotary, double epsilon, SharedNames names)
        implements ModelConfig {

    static Llama of(JsonSettings config) {
        ConfigKeys.check(config, Set.of("rms_norm_eps", "mlp_bias"));
        var sizes = Sizes.of(config);
        config.only("hidden_act", "silu", "swish");
        return new Llama(
                sizes,
                rotary(config, sizes),
                config.number("rms_norm_eps", 1e-6),
                SharedNames.of(config));
    }

    /** As Llama has it: whole heads turn. */
    static Rotary rotary(JsonSettings config, Sizes sizes) {
        var rotary = RotaryKeys.OF_LLAMA.read(config, sizes.headWidth());
        if (rotary.columns() != sizes.headWidth()) {
            throw new RefusedInput(
                    "%s: only whole heads of %d columns are rotated here, not %d of them"
                            .formatted(config.place(), sizes.headWidth(), rotary.columns()));
        }
        return rotary;
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
