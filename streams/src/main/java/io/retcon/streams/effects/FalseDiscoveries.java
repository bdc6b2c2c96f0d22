package io.retcon.streams.effects;

import io.retcon.schemas.record.Effect;

import java.util.Comparator;
import java.util.List;

/**
 * Adjusts the p of estimates that were made together: the q of one is the largest rate of false
 * discoveries at which it would still be called one (Benjamini and Hochberg, <i>Controlling the
 * false discovery rate</i>, 1995). What was not estimated takes no part.
 */
final class FalseDiscoveries {
    private FalseDiscoveries() {}

    /** The same effects with their q. */
    static List<Effect> adjusted(List<Effect> effects) {
        var estimated = effects.stream().filter(effect -> effect.getItems() > 0).toList();
        var byP = estimated.stream().sorted(Comparator.comparing(Effect::getP)).toList();
        var ascending = new double[byP.size()];
        double least = 1;
        for (int i = byP.size() - 1; i >= 0; i--) {
            least = Math.min(least, byP.get(i).getP() * byP.size() / (i + 1));
            ascending[i] = least;
        }
        return effects.stream()
                .map(
                        effect ->
                                effect.getItems() == 0
                                        ? effect
                                        : Effect.newBuilder(effect)
                                                .setQ(ascending[firstOf(effect, byP)])
                                                .build())
                .toList();
    }

    /** Equal p have equal q: that of the first of them is the least one's. */
    private static int firstOf(Effect effect, List<Effect> byP) {
        int at = 0;
        while (byP.get(at).getP() < effect.getP()) {
            at++;
        }
        return at;
    }
}
