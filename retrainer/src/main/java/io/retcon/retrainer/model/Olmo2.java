package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.Set;

/**
 * OLMo 2 (OLMo team, 2025): h = x + norm(attention(x)), y = h + norm(swiglu(h)), with a norm over
 * all query heads and one over all key heads before the rotation.
 */
public record Olmo2(Sizes sizes, Rotary rotary, double epsilon, SharedNames names)
        implements ModelConfig {

    static Olmo2 of(JsonSettings config) {
        ConfigKeys.check(config, Set.of("rms_norm_eps", "mlp_bias"));
        var sizes = Sizes.of(config);
        config.only("hidden_act", "silu", "swish");
        if (config.flag("mlp_bias", false)) {
            throw new RefusedInput("%s: olmo2 has no mlp_bias".formatted(config.place()));
        }
        return new Olmo2(
                sizes,
                Llama.rotary(config, sizes),
                config.number("rms_norm_eps", 1e-5),
                SharedNames.of(config));
    }

    @Override
    public ParameterLayout layout() {
        var builder = names.outside(sizes);
        for (int block = 0; block < sizes.blocks(); block++) {
            var in = "model.layers.%d.".formatted(block);
            names.insideBlock(builder, in, sizes)
                    .vector(in + "self_attn.q_norm.weight", sizes.queryWidth())
                    .vector(in + "self_attn.k_norm.weight", sizes.keyWidth())
                    .vector(in + "post_attention_layernorm.weight", sizes.width())
                    .vector(in + "post_feedforward_layernorm.weight", sizes.width());
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
        var attention =
                parts.attention(
                        columns,
                        names.projection(in),
                        new Parts.HeadNorms(
                                in + "self_attn.q_norm.weight",
                                in + "self_attn.k_norm.weight",
                                epsilon),
                        names.dense(in));
        return List.of(
                parts.residual(
                        List.of(
                                parts.chain(
                                        attention,
                                        parts.rmsNorm(
                                                in + "post_attention_layernorm.weight", epsilon)))),
                parts.residual(
                        List.of(
                                parts.chain(
                                        names.feedForward(in, parts),
                                        parts.rmsNorm(
                                                in + "post_feedforward_layernorm.weight",
                                                epsilon)))));
    }

    @Override
    public <P> P finalNorm(Parts<P> parts) {
        return parts.rmsNorm("model.norm.weight", epsilon);
    }
}
