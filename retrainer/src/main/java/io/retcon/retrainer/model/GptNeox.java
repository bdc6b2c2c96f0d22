package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.retrainer.model.Parts.Projection;
import io.retcon.schemas.RefusedInput;

import java.util.List;

/**
 * GPT-NeoX and Pythia (Black et al., 2022): y = x + attention(norm(x)) + gelu(norm(x)), or one
 * branch after the other, with biases and partly rotated heads.
 *
 * @param residual how the two branches of a block follow each other
 */
public record GptNeox(
        Sizes sizes,
        Rotary rotary,
        double epsilon,
        ResidualOrder residual,
        Bias attentionBias,
        String head)
        implements ModelConfig {
    private static final String EMBEDDING = "gpt_neox.embed_in.weight";

    /** How attention and feed-forward follow each other. */
    public enum ResidualOrder {
        PARALLEL,
        SEQUENTIAL
    }

    static GptNeox of(JsonSettings config) {
        var sizes = Sizes.of(config);
        config.only("hidden_act", "gelu");
        Llama.refuseScaling(config);
        if (sizes.keyValueHeads() != sizes.heads()) {
            throw new RefusedInput(
                    "%s: gpt_neox with num_key_value_heads is not supported"
                            .formatted(config.place()));
        }
        return new GptNeox(
                sizes,
                rotary(config, sizes),
                config.number("layer_norm_eps", 1e-5),
                config.flag("use_parallel_residual", true)
                        ? ResidualOrder.PARALLEL
                        : ResidualOrder.SEQUENTIAL,
                Bias.of(config, "attention_bias", Bias.ADDED),
                config.flag("tie_word_embeddings", false) ? EMBEDDING : "embed_out.weight");
    }

    private static Rotary rotary(JsonSettings config, Sizes sizes) {
        var parameters = config.object("rope_parameters");
        double share =
                parameters.number(
                        "partial_rotary_factor",
                        config.number("rotary_pct", config.number("partial_rotary_factor", 0.25)));
        double base =
                parameters.number(
                        "rope_theta",
                        config.number("rotary_emb_base", config.number("rope_theta", 10_000)));
        int columns = (int) (sizes.headWidth() * share);
        if (columns < 2 || columns % 2 != 0 || columns > sizes.headWidth()) {
            throw new RefusedInput(
                    "%s: rotary_pct %s of %d columns cannot be rotated in pairs"
                            .formatted(config.place(), share, sizes.headWidth()));
        }
        return new Rotary(columns, base);
    }

    @Override
    public ParameterLayout layout() {
        int width = sizes.width();
        var builder =
                new ParameterLayout.Builder()
                        .matrix(EMBEDDING, sizes.vocabulary(), width)
                        .vector("gpt_neox.final_layer_norm.weight", width)
                        .vector("gpt_neox.final_layer_norm.bias", width);
        if (!head.equals(EMBEDDING)) {
            builder.matrix(head, sizes.vocabulary(), width);
        }
        for (int block = 0; block < sizes.blocks(); block++) {
            var in = "gpt_neox.layers.%d.".formatted(block);
            linear(
                    builder,
                    attentionBias,
                    in + "attention.query_key_value",
                    3 * sizes.queryWidth(),
                    width);
            linear(builder, attentionBias, in + "attention.dense", width, sizes.queryWidth());
            linear(builder, Bias.ADDED, in + "mlp.dense_h_to_4h", sizes.inner(), width);
            linear(builder, Bias.ADDED, in + "mlp.dense_4h_to_h", width, sizes.inner());
            for (var norm : List.of("input_layernorm", "post_attention_layernorm")) {
                builder.vector(in + norm + ".weight", width).vector(in + norm + ".bias", width);
            }
        }
        return builder.build();
    }

    private static void linear(
            ParameterLayout.Builder builder, Bias bias, String name, int outputs, int inputs) {
        builder.matrix(name + ".weight", outputs, inputs);
        if (bias == Bias.ADDED) {
            builder.vector(name + ".bias", outputs);
        }
    }

    @Override
    public String embedding() {
        return EMBEDDING;
    }

    @Override
    public <P> List<P> block(int block, Parts<P> parts) {
        var in = "gpt_neox.layers.%d.".formatted(block);
        var columns = new QkvColumns.ByHead(sizes.heads(), sizes.headWidth());
        var attention =
                parts.chain(
                        parts.layerNorm(in + "input_layernorm", epsilon),
                        parts.attention(
                                columns,
                                Projection.of(attentionBias, in + "attention.query_key_value"),
                                Projection.of(attentionBias, in + "attention.dense")));
        var feedForward =
                parts.chain(
                        parts.layerNorm(in + "post_attention_layernorm", epsilon),
                        parts.gelu(
                                Projection.of(Bias.ADDED, in + "mlp.dense_h_to_4h"),
                                Projection.of(Bias.ADDED, in + "mlp.dense_4h_to_h")));
        return switch (residual) {
            case PARALLEL -> List.of(parts.residual(List.of(attention, feedForward)));
            case SEQUENTIAL ->
                    List.of(
                            parts.residual(List.of(attention)),
                            parts.residual(List.of(feedForward)));
        };
    }

    @Override
    public <P> P finalNorm(Parts<P> parts) {
        return parts.layerNorm("gpt_neox.final_layer_norm", epsilon);
    }
}
