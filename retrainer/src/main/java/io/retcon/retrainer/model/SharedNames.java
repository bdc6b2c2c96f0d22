package io.retcon.retrainer.model;

import io.retcon.retrainer.model.Parts.Projection;

/**
 * The tensors that Llama and OLMo 2 name and shape alike.
 *
 * @param head where logits come from: the embedding itself in tied models
 * @param attention of its four projections
 * @param feedForward of its three projections
 */
record SharedNames(String head, Bias attention, Bias feedForward) {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    static SharedNames of(JsonSettings config) {
        return new SharedNames(
                config.flag("tie_word_embeddings", false) ? EMBEDDING : "lm_head.weight",
                Bias.of(config, "attention_bias", Bias.NONE),
                Bias.of(config, "mlp_bias", Bias.NONE));
    }

    String embedding() {
        return EMBEDDING;
    }

    ParameterLayout.Builder outside(Sizes sizes) {
        var builder =
                new ParameterLayout.Builder()
                        .matrix(EMBEDDING, sizes.vocabulary(), sizes.width())
                        .vector("model.norm.weight", sizes.width());
        return head.equals(EMBEDDING)
                ? builder
                : builder.matrix(head, sizes.vocabulary(), sizes.width());
    }

    ParameterLayout.Builder insideBlock(ParameterLayout.Builder builder, String in, Sizes sizes) {
        int width = sizes.width();
        if (attention == Bias.ADDED) {
            builder.vector(in + "self_attn.q_proj.bias", sizes.queryWidth())
                    .andVector(in + "self_attn.k_proj.bias", sizes.keyWidth())
                    .andVector(in + "self_attn.v_proj.bias", sizes.keyWidth())
                    .vector(in + "self_attn.o_proj.bias", width);
        }
        if (feedForward == Bias.ADDED) {
            builder.vector(in + "mlp.gate_proj.bias", sizes.inner())
                    .andVector(in + "mlp.up_proj.bias", sizes.inner())
                    .vector(in + "mlp.down_proj.bias", width);
        }
        return builder.matrix(in + "self_attn.q_proj.weight", sizes.queryWidth(), width)
                .andMatrix(in + "self_attn.k_proj.weight", sizes.keyWidth(), width)
                .andMatrix(in + "self_attn.v_proj.weight", sizes.keyWidth(), width)
                .matrix(in + "self_attn.o_proj.weight", width, sizes.queryWidth())
                .matrix(in + "mlp.gate_proj.weight", sizes.inner(), width)
                .andMatrix(in + "mlp.up_proj.weight", sizes.inner(), width)
                .matrix(in + "mlp.down_proj.weight", width, sizes.inner());
    }

    Projection projection(String in) {
        return Projection.of(
                attention,
                in + "self_attn.q_proj",
                in + "self_attn.k_proj",
                in + "self_attn.v_proj");
    }

    Projection dense(String in) {
        return Projection.of(attention, in + "self_attn.o_proj");
    }

    <P> P feedForward(String in, Parts<P> parts) {
        return parts.swiGlu(
                Projection.of(feedForward, in + "mlp.gate_proj", in + "mlp.up_proj"),
                Projection.of(feedForward, in + "mlp.down_proj"));
    }
}
