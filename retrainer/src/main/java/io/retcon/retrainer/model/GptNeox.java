package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.retrainer.model.Parts.Projection;
import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.Set;

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

    private static final Set<String> KEYS =
            Set.of(
                    "layer_norm_eps",
                    "use_parallel_residual",
                    "hidden_dropout",
                    "rotary_pct",
                    "rotary_emb_base");

    /** How attention and feed-forward follow each other. */
    public enum ResidualOrder {
        PARALLEL,
        SEQUENTIAL
    }

    static GptNeox of(JsonSettings config) {
        ConfigKeys.check(config, KEYS);
        var sizes = Sizes.of(config);
        config.only("hidden_act", "gelu", "gelu_python");
        if (sizes.keyValueHeads() != sizes.heads() || sizes.queryWidth() != sizes.width()) {
            throw new RefusedInput(
                    "%s: gpt_neox with num_key_value_heads or head_dim is not supported"
                            .formatted(config.place()));
        }
        return new GptNeox(
                sizes,
                RotaryKeys.OF_GPT_NEOX.read(config, sizes.headWidth()),
                config.number("layer_norm_eps", 1e-5),
                config.flag("use_parallel_residual", true)
                        ? ResidualOrder.PARALLEL
                        : ResidualOrder.SEQUENTIAL,
                Bias.of(config, "attention_bias", Bias.ADDED),
                config.flag("tie_word_embeddings", false) ? EMBEDDING : "embed_out.weight");
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
