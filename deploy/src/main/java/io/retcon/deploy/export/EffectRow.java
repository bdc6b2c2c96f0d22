package io.retcon.deploy.export;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;
import io.retcon.streams.effects.EstimatedEffect;
import io.retcon.streams.effects.EstimatedEffect.Interval;

import java.util.List;

/**
 * One estimate of one intervention; its columns are documented in the contract's {@code Effect}.
 * Null stands for a number that was not estimated or that nobody can say.
 */
record EffectRow(
        String intervention,
        String name,
        String run,
        long fromStep,
        long toStep,
        long documents,
        String contrast,
        String benchmark,
        String metric,
        Double estimate,
        Double low,
        Double high,
        double level,
        Double p,
        Double q,
        Double minimumDetectable,
        int items,
        int replicates,
        Double noise,
        Double signalToNoise,
        String clusteredBy,
        String family,
        String adjustedBy,
        Double testedAt,
        Boolean discovery,
        List<String> caveats) {

    static EffectRow of(Effects effects, Effect effect) {
        var estimated = new EstimatedEffect(effect);
        return new EffectRow(
                effects.getIntervention(),
                effects.getName(),
                effects.getRun(),
                effects.getWindow().getFrom(),
                effects.getWindow().getTo(),
                effects.getDocuments(),
                effect.getContrast(),
                effect.getBenchmark(),
                effect.getMetric(),
                estimated.estimate().orElse(null),
                estimated.interval().map(Interval::low).orElse(null),
                estimated.interval().map(Interval::high).orElse(null),
                effect.getLevel(),
                estimated.p().orElse(null),
                estimated.q().orElse(null),
                estimated.minimumDetectable().orElse(null),
                effect.getItems(),
                effect.getReplicates(),
                effect.getNoise().orElse(null),
                effect.getSignalToNoise().orElse(null),
                effect.getClusteredBy().orElse(null),
                effect.getFamily(),
                effect.getAdjustedBy(),
                effect.getEntry().map(Entry::getTestedAt).orElse(null),
                effect.getEntry().map(Entry::getDiscovery).orElse(null),
                effect.getCaveats());
    }
}
