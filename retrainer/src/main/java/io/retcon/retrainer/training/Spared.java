package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;

import java.util.ArrayList;
import java.util.List;

/**
 * The tensors that weight decay spares.
 *
 * @param names or globs, each of which must match a tensor
 * @param kinds globs of norms, biases and embeddings, of which a model may have none
 */
record Spared(List<String> names, List<String> kinds) {
    private static final List<String> NORMS_AND_BIASES = List.of("*norm.weight", "*.bias");
    private static final List<String> EMBEDDINGS =
            List.of("*embed_tokens.weight", "*embed_in.weight");

    Spared {
        names = List.copyOf(names);
        kinds = List.copyOf(kinds);
    }

    static Spared of(JsonSettings recipe) {
        var kinds = new ArrayList<String>();
        if (!recipe.flag("decay_norm_and_bias", true)) {
            kinds.addAll(NORMS_AND_BIASES);
        }
        if (!recipe.flag("decay_embeddings", true)) {
            kinds.addAll(EMBEDDINGS);
        }
        return new Spared(recipe.texts("no_decay"), kinds);
    }

    boolean matches(String tensor) {
        return new NamePatterns(names).matches(tensor) || new NamePatterns(kinds).matches(tensor);
    }
}
