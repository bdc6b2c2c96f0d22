package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.UnselectedItems;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Which replicates and items effects are estimated from. */
class CountedReplicatesTest {
    private static final int REPLICATES = 4;
    private static final String ALIKE =
            "jitter's replicates came out alike: all of them count as one retraining";

    @Test
    void jittersReplicatesThatCameOutAlikeAreOneRetraining() {
        // Given: every replicate has the first one's margins, but for a millionth
        var effects = estimate(jittered(1e-6));
        // When
        var effect = effect(effects, "treated-control", "b/", "margin");
        // Then
        assertThat(effect.getReplicates()).isEqualTo(1);
        assertThat(effect.getCaveats())
                .contains(ALIKE)
                .anyMatch(caveat -> caveat.startsWith("one replicate"))
                .noneMatch(caveat -> caveat.startsWith("retrainings failed"));
    }

    @Test
    void jittersReplicatesThatAreSeenToDifferCountEach() {
        // When
        var effect = effect(estimate(jittered(0.3)), "treated-control", "b/", "margin");
        // Then
        assertThat(effect.getReplicates()).isEqualTo(REPLICATES);
        assertThat(effect.getCaveats())
                .contains("jitter's replicates were seen to differ: each counts as a retraining")
                .doesNotContain(ALIKE);
    }

    @Test
    void alikeReplicatesOfAnotherOrderAreNotJitters() {
        // Given
        var ordered = jittered(0).with(spec -> spec.setRetrain(retrain("order")));
        // When
        var effect = effect(estimate(ordered), "treated-control", "b/", "margin");
        // Then
        assertThat(effect.getReplicates()).isEqualTo(REPLICATES);
        assertThat(effect.getCaveats()).doesNotContain(ALIKE);
    }

    @Test
    void theFirstReplicateThatAllArmsHaveIsTheOne() {
        // Given
        var failed = new RetrainingId(RetrainedIntervention.ID, "placebo", 0);
        // When
        var effect =
                effect(estimate(jittered(0).failing(failed)), "treated-control", "b/", "margin");
        // Then
        assertThat(effect.getReplicates()).isEqualTo(1);
        assertThat(effect.getCaveats())
                .noneMatch(caveat -> caveat.startsWith("retrainings failed"));
    }

    /** Items kept by a brute-force look at the first controls; effects by the other replicates. */
    @SeededTest(tries = 10)
    void aSplitSelectionIsConfirmedBySomeControlsAndEstimatedFromTheOtherReplicates(Random random) {
        // Given
        int replicates = 2 + random.nextInt(4);
        var intervention = splitting(RetrainedIntervention.random(random, replicates), 1L);
        int half = replicates / 2;
        var kept =
                intervention.selection().getItems().stream()
                        .filter(
                                item ->
                                        IntStream.range(0, half)
                                                .allMatch(r -> margin(intervention, r, item) > 0))
                        .toList();
        // When
        var effects = estimate(intervention);
        // Then
        assertThat(effects.getItems()).isEqualTo(kept.size());
        var effect = effect(effects, "treated-control", "b/", "margin");
        assertThat(effect.getItems()).isEqualTo(kept.size());
        assertThat(effect.getCaveats())
                .contains(
                        "selection split: %d of 6 selected items came out as selected in %d other controls; effects are over these and from other replicates"
                                .formatted(kept.size(), half));
        if (!kept.isEmpty()) {
            assertThat(effect.getReplicates()).isEqualTo(replicates - half);
            assertThat(effect.getEstimate())
                    .isCloseTo(
                            mean(intervention, "treated", kept, half)
                                    - mean(intervention, "control", kept, half),
                            within(1e-12));
        }
        assertThat(effect(effects, "treated-control", "unselected:b/", "margin").getItems())
                .isEqualTo(6);
    }

    /** Learned after the window's end: right items are those that come out wrong there. */
    @ParameterizedTest
    @CsvSource({
        "learned-at, 2, true",
        "learned-at, 3, false",
        "forgotten-at, 2, false",
        "forgotten-at, 3, true",
        "learnable, 1, true",
        "always, 0, true",
        "never, 0, false"
    })
    void aRuleSaysHowItsItemsComeOutAtTheWindowsEnd(String rule, long step, boolean right) {
        // Given
        var intervention =
                splitting(RetrainedIntervention.random(new Random(3), 2), step)
                        .with(
                                spec ->
                                        spec.setSelect(
                                                SelectSpec.newBuilder(spec.build().select())
                                                        .setRule(rule)
                                                        .build()));
        long expected =
                intervention.selection().getItems().stream()
                        .filter(item -> margin(intervention, 0, item) > 0 == right)
                        .count();
        // Then
        assertThat(estimate(intervention).getItems()).isEqualTo((int) expected);
    }

    @Test
    void withoutAControlThatConfirmsNothingIsSelected() {
        // Given
        var failed = new RetrainingId(RetrainedIntervention.ID, "control", 0);
        var intervention =
                splitting(RetrainedIntervention.random(new Random(5), 2).failing(failed), 1L);
        // When
        var effect = effect(estimate(intervention), "treated-control", "b/", "margin");
        // Then
        assertThat(effect.getItems()).isZero();
        assertThat(effect.getCaveats())
                .contains("nothing was estimated: no item was selected")
                .anyMatch(caveat -> caveat.contains("in 0 other controls"));
    }

    @Test
    void unselectedItemsAreEstimatedByWhatTheRunKnewOfThem() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(6), 2);
        var known = List.of(new ItemRef("b/0", "i4"), new ItemRef("b/1", "i5"));
        var selection =
                Selection.newBuilder(intervention.selection())
                        .setUnselected(
                                List.of(
                                        new UnselectedItems("known-before", known),
                                        new UnselectedItems(
                                                "never", List.of(new ItemRef("b/9", "gone")))))
                        .build();
        // When
        var effects =
                EffectEstimator.estimate(
                        selection, intervention.retrainings(), intervention.scores());
        // Then
        var effect = effect(effects, "placebo-control", "unselected:known-before", "margin");
        assertThat(effect.getItems()).isEqualTo(2);
        assertThat(effect.getEstimate())
                .isCloseTo(
                        mean(intervention, "placebo", known, 0)
                                - mean(intervention, "control", known, 0),
                        within(1e-12));
        assertThat(effects.getEffects())
                .noneMatch(of -> of.getBenchmark().equals("unselected:never"));
        assertThat(effect(effects, "placebo-control", "unselected:b/", "margin").getItems())
                .isEqualTo(6);
    }

    private static RetrainedIntervention splitting(RetrainedIntervention intervention, long step) {
        return intervention.with(
                spec ->
                        spec.setSelect(
                                SelectSpec.newBuilder()
                                        .setBenchmark("b/")
                                        .setRule("learned-at")
                                        .setStep(step)
                                        .setSplit(true)
                                        .build()));
    }

    /** Each item's margin differs between replicates by {@code deviation}, and arms differ. */
    private static RetrainedIntervention jittered(double deviation) {
        var random = new Random(1);
        var first = new HashMap<String, Double>();
        return RetrainedIntervention.random(new Random(2), REPLICATES)
                .with(spec -> spec.setRetrain(retrain("jitter")))
                .scoring(
                        score -> {
                            var name =
                                    score.getRetraining().getArm()
                                            + score.getBenchmark()
                                            + score.getItem();
                            double margin = first.computeIfAbsent(name, _ -> score.getMargin());
                            return score.setMargin(margin + deviation * random.nextGaussian());
                        });
    }

    private static RetrainSpec retrain(String vary) {
        return RetrainSpec.newBuilder().setReplicates(REPLICATES).setVary(vary).build();
    }

    private static double margin(RetrainedIntervention intervention, int replicate, ItemRef item) {
        return margin(intervention, "control", replicate, item);
    }

    private static double margin(
            RetrainedIntervention intervention, String arm, int replicate, ItemRef item) {
        var id = new RetrainingId(RetrainedIntervention.ID, arm, replicate);
        return intervention.scores().stream()
                .filter(score -> score.getRetraining().orElseThrow().equals(id))
                .filter(score -> item(score).equals(item))
                .mapToDouble(Score::getMargin)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static ItemRef item(Score score) {
        return new ItemRef(score.getBenchmark(), score.getItem());
    }

    private static double mean(
            RetrainedIntervention intervention, String arm, List<ItemRef> items, int from) {
        var margins = new ArrayList<Double>();
        int replicates = Specs.of(intervention.selection()).retrain().getReplicates();
        for (int r = from; r < replicates; r++) {
            for (var item : items) {
                margins.add(margin(intervention, arm, r, item));
            }
        }
        return margins.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static Effects estimate(RetrainedIntervention intervention) {
        return EffectEstimator.estimate(
                intervention.selection(), intervention.retrainings(), intervention.scores());
    }

    private static Effect effect(
            Effects effects, String contrast, String benchmark, String metric) {
        return effects.getEffects().stream()
                .filter(effect -> effect.getContrast().equals(contrast))
                .filter(effect -> effect.getBenchmark().equals(benchmark))
                .filter(effect -> effect.getMetric().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
