package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class EffectEstimatorTest {
    private static final double HIDDEN = 0.3346326588322748;

    @SeededTest(tries = 4)
    void estimatesAreDifferencesOfMeansWhateverTheOrder(Random random) {
        // Given
        var intervention = RetrainedIntervention.random(random, 1 + random.nextInt(3));
        var retrainings = new ArrayList<>(intervention.retrainings());
        var scores = new ArrayList<>(intervention.scores());
        Collections.shuffle(retrainings, random);
        Collections.shuffle(scores, random);
        // When
        var effects = EffectEstimator.estimate(intervention.selection(), retrainings, scores);
        // Then
        assertThat(EffectsJson.of(effects)).isEqualTo(EffectsJson.of(estimate(intervention)));
        assertThat(effects.getEffects()).hasSize(2 * 3 * 6);
        for (var effect : effects.getEffects()) {
            assertThat(effect.getEstimate())
                    .isCloseTo(difference(intervention, effect), within(1e-12));
            if (effect.getReplicates() > 1) {
                assertThat(effect.getLow()).isLessThanOrEqualTo(effect.getEstimate());
                assertThat(effect.getHigh()).isGreaterThanOrEqualTo(effect.getEstimate());
            }
        }
        assertThat(effects.getArms().get("placebo").get("acc_raw"))
                .isCloseTo(
                        intervention.mean(
                                "placebo", "acc_raw", intervention.selection().getItems().stream()),
                        within(1e-12));
    }

    @Test
    void whatWasDoneToTheArmsIsSaid() {
        // When
        var effects = estimate(RetrainedIntervention.random(new Random(1), 2));
        // Then
        assertThat(effects.getDocuments()).isEqualTo(17);
        assertThat(effects.getTruncated())
                .containsEntry("treated", 23L)
                .containsEntry("control", 0L);
        assertThat(effect(effects, "treated-control", "b/", "acc_raw").getCaveats())
                .contains(
                        "treated: 23 tokens fell off the ends of its sequences",
                        "2 replicates: how much retrainings differ is known only roughly",
                        "replicates differ in the order of the steps in the window");
        assertThat(effect(effects, "placebo-control", "b/", "acc_raw").getCaveats())
                .noneMatch(caveat -> caveat.contains("fell off"));
    }

    @Test
    void aFailedReplicateIsLeftOutOfBothArms() {
        // Given
        var failed = new RetrainingId(RetrainedIntervention.ID, "treated", 1);
        var intervention = RetrainedIntervention.random(new Random(2), 3).failing(failed);
        // When
        var effects = estimate(intervention);
        // Then
        var touched = effect(effects, "treated-control", "b/", "margin");
        assertThat(touched.getReplicates()).isEqualTo(2);
        assertThat(touched.getCaveats())
                .contains("retrainings failed: replicates [1] are left out of both arms");
        assertThat(effect(effects, "placebo-control", "b/", "margin").getReplicates()).isEqualTo(3);
    }

    @Test
    void withoutAnyReplicateNothingIsEstimatedAndTheCaveatSaysSo() {
        // Given
        var failed = new RetrainingId(RetrainedIntervention.ID, "treated", 0);
        var intervention = RetrainedIntervention.random(new Random(3), 1).failing(failed);
        // When
        var effect = effect(estimate(intervention), "treated-control", "b/", "acc_raw");
        // Then
        assertThat(effect.getItems()).isZero();
        assertThat(effect.getCaveats())
                .contains("nothing was estimated: no replicate succeeded in both arms");
    }

    @Test
    void withoutSelectedItemsOnlyTheOthersAreEstimated() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(4), 2).selectingNothing();
        // When
        var effects = estimate(intervention);
        // Then
        var effect = effect(effects, "treated-control", "b/", "acc_raw");
        assertThat(effect.getItems()).isZero();
        assertThat(effect.getCaveats()).contains("nothing was estimated: no item was selected");
        assertThat(effect(effects, "treated-control", "unselected:b/", "acc_raw").getItems())
                .isEqualTo(2 * RetrainedIntervention.ITEMS);
        assertThat(EffectsJson.of(effects).toString())
                .contains("\"estimate\":null,\"interval\":null")
                .doesNotContain("NaN");
    }

    @Test
    void theTrendSaysWhatWasDone() {
        // Given
        var intervention =
                allRight(6, 2)
                        .with(
                                spec ->
                                        spec.setArms(List.of("control", "treated", "dose-0.5"))
                                                .setRetrain(
                                                        RetrainSpec.newBuilder()
                                                                .setReplicates(2)
                                                                .setOptimizer("cold")
                                                                .build()));
        // When
        var trend = effect(estimate(intervention), "dose-trend", "b/", "acc_raw");
        // Then
        assertThat(trend.getP()).isEqualTo(1);
        assertThat(trend.getCaveats()).anyMatch(caveat -> caveat.startsWith("cold optimizer"));
        assertThat(trend.getHigh()).isGreaterThan(trend.getEstimate());
    }

    @Test
    void itemsThatAreAllRightInEveryArmHaveADefinedEstimate() {
        // When
        var effect = effect(estimate(allRight(7, 3)), "treated-control", "b/", "acc_raw");
        // Then
        assertThat(effect.getEstimate()).isZero();
        // SciPy 1.17.1: stats.beta.ppf(0.975, 0.6, 7); with three replicates rounding adds to it
        assertThat(effect.getHigh()).isBetween(HIDDEN - 1e-7, 0.4);
        assertThat(effect.getLow()).isCloseTo(-effect.getHigh(), within(1e-7));
        assertThat(effect.getP()).isEqualTo(1);
        assertThat(effect.getMinimumDetectable()).isPositive();
        assertThat(effect.getCaveats())
                .contains("every item is right in both arms: a gain could not show");
    }

    @SeededTest(tries = 3)
    void scoresThatComeTwiceChangeNothing(Random random) {
        // Given
        var intervention = RetrainedIntervention.random(random, 2);
        var twice = new ArrayList<>(intervention.scores());
        twice.addAll(intervention.scores());
        // When
        var effects =
                EffectEstimator.estimate(
                        intervention.selection(), intervention.retrainings(), twice);
        // Then: the record itself differs from itself where it has NaN
        assertThat(EffectsJson.of(effects)).isEqualTo(EffectsJson.of(estimate(intervention)));
    }

    @Test
    void anItemWithoutAScoreIsSaid() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(11), 2);
        var scores = new ArrayList<>(intervention.scores());
        scores.removeIf(
                score ->
                        score.getItem().equals("i0")
                                && score.getRetraining().orElseThrow().getArm().equals("treated"));
        // When
        var effects =
                EffectEstimator.estimate(
                        intervention.selection(), intervention.retrainings(), scores);
        // Then
        var effect = effect(effects, "treated-control", "b/", "acc_raw");
        assertThat(effect.getItems()).isZero();
        assertThat(effect.getCaveats())
                .contains("nothing was estimated: not every item was scored by acc_raw");
        assertThat(effect(effects, "placebo-control", "b/", "acc_raw").getItems()).isEqualTo(6);
    }

    @Test
    void oneReplicateHasAnEstimateAndNoMore() {
        // When
        var effects = estimate(RetrainedIntervention.random(new Random(8), 1));
        // Then
        var effect = effect(effects, "treated-control", "b/", "margin");
        assertThat(effect.getEstimate()).isNotZero();
        assertThat(effect.getP()).isNaN();
        assertThat(effect.getQ()).isNaN();
        assertThat(effect.getLow()).isNaN();
        assertThat(effect.getCaveats()).anyMatch(caveat -> caveat.startsWith("one replicate"));
        var json = EffectsJson.of(effects).path("effects").path(0);
        assertThat(json.path("interval").isNull()).isTrue();
        assertThat(json.path("p").isNull()).isTrue();
        assertThat(json.path("q").isNull()).isTrue();
        assertThat(json.path("minimumDetectable").isNull()).isTrue();
        assertThat(EffectsJson.of(effects).toString()).doesNotContain("NaN");
    }

    @Test
    void relationsAreTakenAsAlikeAndShown() {
        // Given: three relations over two benchmarks
        var intervention =
                RetrainedIntervention.random(new Random(9), 2)
                        .scoring(score -> score.setRelation("r" + score.getItem()));
        // When
        var byRelation = clustered(intervention, "relation");
        var byDefault = clustered(intervention, null);
        var byNone = clustered(intervention, "none");
        var bySubject = clustered(intervention, "subject");
        // Then
        assertThat(byRelation.getClusteredBy()).contains("relation");
        assertThat(byRelation.getClusters())
                .extracting(ClusterEffect::getCluster)
                .containsExactly("ri0", "ri1", "ri2");
        assertThat(byRelation.getClusters()).allMatch(cluster -> cluster.getItems() == 2);
        assertThat(
                        byRelation.getClusters().stream()
                                .mapToDouble(ClusterEffect::getEstimate)
                                .average()
                                .orElseThrow())
                .isCloseTo(byRelation.getEstimate(), within(1e-12));
        assertThat(byDefault).isEqualTo(byRelation);
        assertThat(byRelation.getClusters())
                .allMatch(cluster -> cluster.getHigh() > cluster.getLow());
        assertThat(byNone.getClusteredBy()).isEmpty();
        assertThat(byNone.getCaveats())
                .contains("items of 3 relations are taken as independent: the spec says so");
        assertThat(bySubject.getClusteredBy()).contains("subject");
    }

    @Test
    void theRunsNoiseIsTheYardstickOfTheSameItems() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(10), 2);
        var noise = List.of(new CheckpointNoise("b/", "margin", 0.5, 4));
        var selection = Selection.newBuilder(intervention.selection()).setNoise(noise).build();
        // When
        var effects =
                EffectEstimator.estimate(
                        selection, intervention.retrainings(), intervention.scores());
        // Then
        var effect = effect(effects, "treated-control", "b/", "margin");
        assertThat(effect.getNoise()).contains(0.5);
        assertThat(effect.getSignalToNoise().orElseThrow())
                .isCloseTo(Math.abs(effect.getEstimate()) / 0.5, within(1e-12));
        assertThat(effect(effects, "treated-control", "b/", "acc_raw").getNoise()).isEmpty();
    }

    private static RetrainedIntervention allRight(long seed, int replicates) {
        return RetrainedIntervention.random(new Random(seed), replicates)
                .scoring(score -> score.setMargin(1).setCorrect(Map.of("acc_raw", true)));
    }

    private static Effect clustered(RetrainedIntervention intervention, String cluster) {
        return effect(
                estimate(intervention.with(spec -> spec.setCluster(cluster))),
                "treated-control",
                "b/",
                "margin");
    }

    @Test
    void theJsonHasTheContractsKeysInOrder() {
        // When
        var json = EffectsJson.of(estimate(RetrainedIntervention.random(new Random(5), 2)));
        // Then
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "intervention", "run", "window", "items", "documents", "effects", "arms");
        assertThat(json.path("effects").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "contrast",
                        "benchmark",
                        "metric",
                        "estimate",
                        "interval",
                        "level",
                        "p",
                        "q",
                        "minimumDetectable",
                        "items",
                        "replicates",
                        "caveats",
                        "noise",
                        "signalToNoise",
                        "clusteredBy",
                        "clusters",
                        "family",
                        "adjustedBy",
                        "entry");
        assertThat(json.path("effects").findValuesAsText("family").getFirst()).isEqualTo("primary");
        assertThat(json.path("arms").fieldNames())
                .toIterable()
                .containsExactly("control", "treated", "placebo");
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

    private static double difference(RetrainedIntervention intervention, Effect effect) {
        var arms = effect.getContrast().split("-", -1);
        return intervention.mean(arms[0], effect.getMetric(), items(intervention, effect))
                - intervention.mean(arms[1], effect.getMetric(), items(intervention, effect));
    }

    private static Stream<ItemRef> items(RetrainedIntervention intervention, Effect effect) {
        var selected = new HashSet<>(intervention.selection().getItems());
        var unselected = effect.getBenchmark().startsWith("unselected:");
        var benchmark = effect.getBenchmark().replace("unselected:", "");
        return Stream.of("b/0", "b/1")
                .filter(known -> known.startsWith(benchmark))
                .flatMap(
                        known ->
                                IntStream.range(0, RetrainedIntervention.ITEMS)
                                        .mapToObj(item -> new ItemRef(known, "i" + item)))
                .filter(item -> selected.contains(item) != unselected);
    }
}
