package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.streams.statistics.Adjustment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adjusts the p of estimates that are judged together. What was not estimated takes no part, and
 * metrics that agree on every item count once.
 */
record FamilyAdjustment(Adjustment method) {
    /** What metrics that agree on every item find alike. */
    private record Found(String contrast, String benchmark, double estimate, double low, double p) {
        static Found of(Effect effect) {
            return new Found(
                    effect.getContrast(),
                    effect.getBenchmark(),
                    effect.getEstimate(),
                    effect.getLow(),
                    effect.getP());
        }
    }

    FamilyAdjustment {
        requireNonNull(method, "method is null");
    }

    /** The same effects with their q. */
    List<Effect> adjusted(List<Effect> effects) {
        var p =
                effects.stream()
                        .filter(FamilyAdjustment::isTested)
                        .map(Found::of)
                        .distinct()
                        .mapToDouble(Found::p)
                        .toArray();
        var q = method.adjusted(p);
        var qOfP = new HashMap<Double, Double>();
        for (int i = 0; i < p.length; i++) {
            qOfP.put(p[i], q[i]);
        }
        return effects.stream().map(effect -> adjusted(effect, qOfP)).toList();
    }

    private Effect adjusted(Effect effect, Map<Double, Double> qOfP) {
        var adjusted = Effect.newBuilder(effect).setAdjustedBy(method.label());
        return (isTested(effect) ? adjusted.setQ(qOfP.get(effect.getP())) : adjusted).build();
    }

    private static boolean isTested(Effect effect) {
        return effect.getItems() > 0 && !Double.isNaN(effect.getP());
    }
}
