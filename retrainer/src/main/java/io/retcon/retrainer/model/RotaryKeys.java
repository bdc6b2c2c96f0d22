package io.retcon.retrainer.model;

import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a family's config.json says how positions turn: the base and the share of a head's columns,
 * by a key of the config itself, in {@code rope_parameters} or in {@code rope_scaling}, either of
 * which may hold such a dictionary for each type of layer. All places that say it must agree.
 *
 * @param base keys of the config itself
 * @param share keys of the config itself
 * @param usualShare where no share is said
 */
record RotaryKeys(List<String> base, List<String> share, double usualShare) {
    static final RotaryKeys OF_LLAMA =
            new RotaryKeys(List.of("rope_theta"), List.of("partial_rotary_factor"), 1);
    static final RotaryKeys OF_GPT_NEOX =
            new RotaryKeys(
                    List.of("rotary_emb_base", "rope_theta"),
                    List.of("rotary_pct", "partial_rotary_factor"),
                    0.25);

    private static final double USUAL_BASE = 10_000;
    private static final String BASE = "rope_theta";
    private static final String SHARE = "partial_rotary_factor";
    private static final List<String> TYPE = List.of("rope_type", "type");

    /** The one type of layer that there is in models of the families here. */
    private static final String LAYER = "full_attention";

    RotaryKeys {
        base = List.copyOf(base);
        share = List.copyOf(share);
    }

    ModelConfig.Rotary read(JsonSettings config, int headWidth) {
        var nested = new ArrayList<JsonSettings>();
        for (var key : List.of("rope_parameters", "rope_scaling")) {
            if (config.has(key)) {
                nested.add(dictionary(config.object(key)));
            }
        }
        double theta = agreed(config, values(config, base, nested, BASE), USUAL_BASE);
        double part = agreed(config, values(config, share, nested, SHARE), usualShare);
        int columns = (int) (headWidth * part);
        if (part > 1 || columns < 2 || columns % 2 != 0) {
            throw new RefusedInput(
                    "%s: a share of %s of heads of %d columns cannot be rotated in pairs"
                            .formatted(config.place(), part, headWidth));
        }
        return new ModelConfig.Rotary(columns, theta);
    }

    /** The one of full attention, if there is one for each type of layer. */
    private static JsonSettings dictionary(JsonSettings rope) {
        boolean byLayer = rope.keys().stream().anyMatch(key -> rope.value(key).isObject());
        if (byLayer && !rope.has(LAYER)) {
            throw new RefusedInput(
                    "%s: it has %s but nothing for '%s', which all layers are"
                            .formatted(rope.place(), rope.keys(), LAYER));
        }
        var dictionary = byLayer ? rope.object(LAYER) : rope;
        for (var key : TYPE) {
            var type = dictionary.text(key, "default");
            if (!type.equals("default")) {
                throw new RefusedInput(
                        "%s: rotary embeddings of type '%s' are not supported: only plain ones are"
                                .formatted(dictionary.place(), type));
            }
        }
        dictionary.refuseOthers(Set.of("rope_type", "type", BASE, SHARE), Set.of(SHARE));
        return dictionary;
    }

    private static Map<String, Double> values(
            JsonSettings config, List<String> keys, List<JsonSettings> nested, String key) {
        var values = new LinkedHashMap<String, Double>();
        for (var own : keys) {
            if (config.has(own)) {
                values.put(own, config.aboveZero(own, 1));
            }
        }
        for (var rope : nested) {
            if (rope.has(key)) {
                values.put("%s of %s".formatted(key, rope.place()), rope.aboveZero(key, 1));
            }
        }
        return values;
    }

    private static double agreed(JsonSettings config, Map<String, Double> values, double usual) {
        if (values.values().stream().distinct().count() > 1) {
            throw new RefusedInput(
                    "%s: rotary settings contradict each other: %s"
                            .formatted(config.place(), values));
        }
        return values.values().stream().findFirst().orElse(usual);
    }
}
