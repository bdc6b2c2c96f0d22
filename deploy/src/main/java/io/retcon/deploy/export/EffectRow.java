package io.retcon.deploy.export;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;

import java.util.List;

/**
 * One estimate of one intervention; its columns are documented in the contract's {@code Effect}.
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
        double estimate,
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
        List<String> caveats) {

    static EffectRow of(Effects effects, Effect effect) {
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
                effect.getEstimate(),
                known(effect.getLow()),
                known(effect.getHigh()),
                effect.getLevel(),
                known(effect.getP()),
                known(effect.getQ()),
                known(effect.getMinimumDetectable()),
                effect.getItems(),
                effect.getReplicates(),
                effect.getNoise().orElse(null),
                effect.getSignalToNoise().orElse(null),
                effect.getClusteredBy().orElse(null),
                effect.getCaveats());
    }

    /** Nothing for what one replicate cannot say. */
    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
