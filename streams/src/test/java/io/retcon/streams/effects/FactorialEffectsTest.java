package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class FactorialEffectsTest {
    private static final double[] OWN = {-3, -2, 2, 0, 0, 0, 1, -1};
    private static final FactorialRetrainings EIGHT =
            new FactorialRetrainings(FactorialDesign.of(8, 16), OWN, 0.5, 0, 0.2, 6);

    @SeededTest(tries = 3)
    void eachFactorsEffectsOnItsOwnItemsAndOnOthersAreFound(Random random) {
        // When
        var effects = estimate(EIGHT.draw(random));
        // Then
        for (int f = 0; f < OWN.length; f++) {
            var own = effect(effects, "factor-f" + f, "b");
            assertThat(own.getEstimate()).isCloseTo(OWN[f], within(0.8));
            assertThat(own.getItems()).isEqualTo(6);
            assertThat(own.getReplicates()).isEqualTo(8);
            for (var group : List.of("other-factors:b", "unselected:b")) {
                assertThat(effect(effects, "factor-f" + f, group).getEstimate())
                        .isCloseTo(0.5, within(0.8));
            }
        }
        assertThat(effects.getDocuments()).isEqualTo(80);
        assertThat(effects.getArms()).hasSize(16);
    }

    @Test
    void aMeanDifferenceBetweenRowsIsTheEstimate() {
        // Given
        var intervention = EIGHT.draw(new Random(2));
        // When
        var effects = estimate(intervention);
        // Then
        double on = 0;
        double off = 0;
        for (var arm : Specs.of(intervention.selection()).arms()) {
            var own = intervention.selection().getItems().subList(0, 6);
            double mean = intervention.mean(arm, "margin", own.stream());
            on += arm.startsWith("on-1") ? mean / 8 : 0;
            off += arm.startsWith("on-1") ? 0 : mean / 8;
        }
        assertThat(effect(effects, "factor-f0", "b").getEstimate())
                .isCloseTo(on - off, within(1e-9));
    }

    @Test
    void anInteractionIsFoundWhereTheDesignCanTellIt() {
        // Given: all combinations of four factors, of which the first two enhance each other
        var design = FactorialDesign.of(4, 16);
        var own = new double[] {-1, -1, -1, -1};
        var planted = new FactorialRetrainings(design, own, 0, -4, 0.2, 10);
        // When
        var effects = estimate(planted.draw(new Random(3)));
        // Then
        var interaction = effect(effects, "interaction-f0*f1", "b");
        assertThat(interaction.getEstimate()).isCloseTo(-4, within(0.8));
        assertThat(interaction.getQ()).isLessThan(0.05);
        assertThat(effect(effects, "interaction-f2*f3", "b").getEstimate())
                .isCloseTo(0, within(0.8));
        assertThat(effect(effects, "factor-f2", "b").getEstimate()).isCloseTo(-1, within(1.0));
    }

    @Test
    void whatCannotBeToldApartIsSaid() {
        // When
        var folded = estimate(EIGHT.draw(new Random(4)));
        var few =
                estimate(
                        new FactorialRetrainings(FactorialDesign.of(8, 12), OWN, 0, 0, 0.2, 4)
                                .draw(new Random(4)));
        // Then
        assertThat(folded.getEffects())
                .filteredOn(effect -> effect.getContrast().startsWith("interaction-"))
                .hasSize(7)
                .allSatisfy(
                        effect ->
                                assertThat(effect.getCaveats().getFirst())
                                        .startsWith("cannot be told from the interactions "));
        assertThat(effect(few, "factor-f0", "b").getCaveats().getFirst())
                .startsWith("holds a part of the interactions f1*f2, ")
                .endsWith(" and 15 more");
        assertThat(few.getEffects())
                .noneMatch(effect -> effect.getContrast().startsWith("interaction-"));
    }

    @Test
    void aFailedRowIsLeftOutAndNamed() {
        // Given
        var intervention = EIGHT.draw(new Random(5));
        var arm = Specs.of(intervention.selection()).arms().get(3);
        // When
        var effects =
                estimate(intervention.failing(new RetrainingId(RetrainedIntervention.ID, arm, 0)));
        // Then
        var own = effect(effects, "factor-f0", "b");
        assertThat(own.getEstimate()).isCloseTo(OWN[0], within(0.8));
        assertThat(own.getCaveats()).anyMatch(caveat -> caveat.contains(arm + "-0"));
    }

    @Test
    void aFactorWithoutItemsEstimatesNothing() {
        // Given
        var intervention = EIGHT.draw(new Random(6));
        var left =
                intervention.selection().getItems().stream()
                        .filter(item -> item.getId().compareTo("i006") >= 0)
                        .toList();
        var empty =
                new RetrainedIntervention(
                        Selection.newBuilder(intervention.selection()).setItems(left).build(),
                        intervention.retrainings(),
                        intervention.scores());
        // When
        var own = effect(estimate(empty), "factor-f0", "b");
        // Then
        assertThat(own.getItems()).isZero();
        assertThat(own.getP()).isEqualTo(1);
        assertThat(own.getCaveats()).contains("nothing was estimated: no item was selected");
    }

    @SeededTest(tries = 2)
    void theOrderOfRetrainingsAndScoresChangesNothing(Random random) {
        // Given
        var intervention = EIGHT.draw(random);
        var retrainings = new ArrayList<>(intervention.retrainings());
        var scores = new ArrayList<>(intervention.scores());
        Collections.shuffle(retrainings, random);
        Collections.shuffle(scores, random);
        // When
        var effects = EffectEstimator.estimate(intervention.selection(), retrainings, scores);
        // Then
        assertThat(EffectsJson.of(effects)).isEqualTo(EffectsJson.of(estimate(intervention)));
    }

    private static Effects estimate(RetrainedIntervention intervention) {
        return EffectEstimator.estimate(
                intervention.selection(), intervention.retrainings(), intervention.scores());
    }

    private static Effect effect(Effects effects, String contrast, String group) {
        return effects.getEffects().stream()
                .filter(effect -> effect.getContrast().equals(contrast))
                .filter(effect -> effect.getBenchmark().equals(group))
                .findFirst()
                .orElseThrow();
    }
}
