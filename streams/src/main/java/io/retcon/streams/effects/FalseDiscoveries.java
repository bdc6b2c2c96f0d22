package io.retcon.streams.effects;

import io.retcon.schemas.record.Effect;

import java.util.HashMap;
import java.util.List;

/**
 * Adjusts the p of estimates that were made together: the q of one is the least rate of false
 * discoveries at which it would still be called one (Benjamini and Hochberg, <i>Controlling the
 * false discovery rate</i>, 1995). What was not estimated takes no part.
 */
final class FalseDiscoveries {
    /** What metrics that agree on every item find alike, and what then counts once. */
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

    private FalseDiscoveries() {}

    /** The same effects with their q. */
    static List<Effect> adjusted(List<Effect> effects) {
        var descending =
                effects.stream()
                        .filter(FalseDiscoveries::isTested)
                        .map(Found::of)
                        .distinct()
                        .map(Found::p)
                        .sorted((a, b) -> Double.compare(b, a))
                        .toList();
        var qOfP = new HashMap<Double, Double>();
        double least = 1;
        for (int i = 0; i < descending.size(); i++) {
            double p = descending.get(i);
            int rank = descending.size() - i;
            least = Math.min(least, p * descending.size() / rank);
            qOfP.put(p, least);
        }
        return effects.stream()
                .map(
                        effect ->
                                isTested(effect)
                                        ? Effect.newBuilder(effect)
                                                .setQ(qOfP.get(effect.getP()))
                                                .build()
                                        : effect)
                .toList();
    }

    private static boolean isTested(Effect effect) {
        return effect.getItems() > 0 && !Double.isNaN(effect.getP());
    }
}
