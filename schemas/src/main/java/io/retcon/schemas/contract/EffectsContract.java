package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;

/** What effects must say beyond their schema. */
final class EffectsContract {
    private EffectsContract() {}

    static void check(Effects effects) {
        Bounds.name("intervention", effects.getIntervention());
        effects.getEffects().forEach(EffectsContract::check);
    }

    /** A limit that is not finite is one that nobody knows. */
    private static void check(Effect effect) {
        double low = effect.getLow();
        double high = effect.getHigh();
        boolean known = Double.isFinite(low) && Double.isFinite(high);
        if (known && (high < low || !Double.isFinite(high - low))) {
            throw new RefusedInput(
                    "no interval goes from %s to %s: 'low' must not be above 'high'"
                            .formatted(low, high));
        }
    }
}
