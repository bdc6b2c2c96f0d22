package io.retcon.deploy.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The model that learns a world, and how it is trained. */
final class WorldModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WorldModel() {}

    /** An OLMo-2-shaped model of about half a million weights. */
    static ObjectNode config(int vocabulary, WorldSize size) {
        var config = JSON.createObjectNode().put("model_type", "olmo2");
        config.putArray("architectures").add("Olmo2ForCausalLM");
        return config.put("hidden_size", 128)
                .put("num_hidden_layers", 2)
                .put("num_attention_heads", 4)
                .put("num_key_value_heads", 4)
                .put("intermediate_size", 352)
                .put("vocab_size", vocabulary)
                .put("initializer_range", 0.06)
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", 10000.0)
                .put("max_position_embeddings", Math.max(64, size.tokensPerSequence()))
                .put("tie_word_embeddings", false)
                .put("hidden_act", "silu")
                .put("attention_bias", false);
    }

    /** AdamW with a short warm-up and a cosine over the whole run that ends at a tenth. */
    static ObjectNode recipe(WorldSize size) {
        var recipe = JSON.createObjectNode().put("optimizer", "adamw").put("learning_rate", 3e-3);
        recipe.putArray("betas").add(0.9).add(0.95);
        recipe.put("eps", 1e-8)
                .put("weight_decay", 0.1)
                .put("max_grad_norm", 1.0)
                .put("z_loss_multiplier", 1e-5)
                .put("warmup_steps", 30)
                .put("t_max", size.steps())
                .put("alpha_f", 0.1)
                .put("steps", size.steps())
                .put("first_step", 1)
                .put("batch", size.sequencesPerStep())
                .put("sequence_length", size.tokensPerSequence());
        recipe.putArray("no_decay").add("model.embed_tokens.weight");
        return recipe;
    }
}
