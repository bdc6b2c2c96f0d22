package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Retraining;

import org.junit.jupiter.api.Test;

import java.util.Random;

class CaveatsTest {

    @Test
    void donorsThatMatchAnItemAreCountedInTheArmsTheyCameInto() {
        // Given
        var random = RetrainedIntervention.random(new Random(1), 2);
        var taught =
                random.retrainings().stream()
                        .map(
                                of ->
                                        of.getId().getArm().equals("placebo")
                                                ? Retraining.newBuilder(of)
                                                        .setMatchingDonors(7)
                                                        .build()
                                                : of)
                        .toList();
        var said = "placebo: 7 of what came in matches an item of the benchmark, and may teach it";
        // When
        var effects =
                estimate(new RetrainedIntervention(random.selection(), taught, random.scores()));
        // Then
        assertThat(effect(effects, "placebo-control", "b/", "acc_raw").getCaveats()).contains(said);
        assertThat(effect(effects, "placebo-control", "unselected:b/", "acc_raw").getCaveats())
                .contains(said);
        assertThat(effect(effects, "treated-control", "b/", "acc_raw").getCaveats())
                .doesNotContain(said);
    }

    @Test
    void whereNoChangeWouldBeFoundNoneIsStatedAndTheCaveatSaysSo() {
        // When
        var effect =
                effect(
                        estimate(RetrainedIntervention.random(new Random(2), 2)),
                        "treated-placebo",
                        "b/0",
                        "acc_raw");
        // Then
        assertThat(effect.getP()).isBetween(0.0, 1.0);
        assertThat(new EstimatedEffect(effect).minimumDetectable()).isEmpty();
        assertThat(effect.getCaveats()).anyMatch(caveat -> caveat.startsWith("no change, however"));
    }

    private static Effects estimate(RetrainedIntervention intervention) {
        return EffectEstimator.estimate(
                intervention.selection(), intervention.retrainings(), intervention.scores());
    }

    private static Effect effect(Effects all, String contrast, String benchmark, String metric) {
        return all.getEffects().stream()
                .filter(effect -> effect.getContrast().equals(contrast))
                .filter(effect -> effect.getBenchmark().equals(benchmark))
                .filter(effect -> effect.getMetric().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
