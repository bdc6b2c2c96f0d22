package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.TestingTopology;
import io.retcon.streams.statistics.Adjustment;
import io.retcon.streams.statistics.OnlineDiscoveries;
import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;

/** Interventions of one series beside each other, in whatever order their records come. */
class SeriesEffectsTest {
    @TempDir Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    @SeededTest(tries = 3)
    void differencesOfMatchersArePairedAndJudgedTogether(Random random) {
        // Given
        var all = List.of(matcher(random, "c"), matcher(random, "a"), matcher(random, "b"));
        // When
        var effects = effects(all, random);
        // Then
        assertThat(differences(effects.get("of-a")))
                .extracting(effect -> effect.getContrast() + " " + effect.getMetric())
                .containsExactly(
                        "treated[a]-treated[b] acc_raw",
                        "treated[a]-treated[b] margin",
                        "treated[a]-treated[c] acc_raw",
                        "treated[a]-treated[c] margin");
        assertThat(differences(effects.get("of-c")))
                .extracting(Effect::getContrast)
                .containsOnly("treated[a]-treated[c]", "treated[b]-treated[c]");
        var margin = differences(effects.get("of-b")).get(3);
        var expected =
                PairedEstimate.of(
                        PairedOutcomes.ofMargins(margins(all.get(2)), margins(all.get(0)))
                                .clustered(new int[] {0, 0, 0, 1, 1, 1}));
        assertThat(margin.getContrast()).isEqualTo("treated[b]-treated[c]");
        assertThat(margin.getEstimate()).isCloseTo(expected.estimate(), within(1e-12));
        assertThat(margin.getP()).isCloseTo(expected.p(), within(1e-12));
        assertThat(qByPairs(effects)).containsExactly(qExpected(effects), within(1e-12));
        assertThat(json(effects(all, random).values())).isEqualTo(json(effects.values()));
    }

    @SeededTest(tries = 3)
    void theEstimatesOfAListOfMatchersAreHeldAgainstOneLevel(Random random) {
        // Given
        var all = List.of(matcher(random, "a"), matcher(random, "b"), matcher(random, "c"));
        // When
        var effects = effects(all, random);
        // Then
        var p = effects.values().stream().mapToDouble(one -> primary(one).getP()).toArray();
        double level = Adjustment.BH.threshold(p, 0.05);
        int place = 1;
        for (var one : effects.values()) {
            assertThat(primary(one).getEntry())
                    .contains(new Entry("n", place++, "bh", level, primary(one).getP() <= level));
        }
    }

    @Test
    void oneMatcherByItselfIsNoSeries() {
        // Given
        var random = new Random(1);
        // When
        var effects = effects(List.of(matcher(random, "a")), random).get("of-a");
        // Then
        assertThat(primary(effects).getEntry()).isEmpty();
        assertThat(differences(effects)).isEmpty();
    }

    @SeededTest(tries = 3)
    void checkpointsAreTestedInTheirOrderWhateverComesFirst(Random random) {
        // Given
        var all = new ArrayList<RetrainedIntervention>();
        for (long step = 10; step <= 50; step += 10) {
            all.add(checkpoint(random, step));
        }
        // When
        var effects = effects(all, random);
        // Then
        var tested =
                OnlineDiscoveries.OF_CHECKPOINTS.tested(
                        effects.values().stream()
                                .map(one -> OptionalDouble.of(primary(one).getP()))
                                .toList());
        int place = 0;
        for (var one : effects.values()) {
            var expected = tested.get(place++);
            assertThat(primary(one).getEntry())
                    .contains(
                            new Entry(
                                    "n", place, "lord++", expected.level(), expected.discovery()));
        }
        assertThat(json(effects(all, random).values())).isEqualTo(json(effects.values()));
    }

    @Test
    void aCheckpointThatStillRunsSpendsItsShare() {
        // Given
        var random = new Random(3);
        var open = checkpoint(random, 10);
        var running = new RetrainedIntervention(open.selection(), List.of(), List.of());
        // When
        var effects = effects(List.of(checkpoint(random, 20), running), random);
        // Then
        assertThat(effects).containsOnlyKeys("at-20");
        assertThat(primary(effects.get("at-20")).getEntry().orElseThrow().getPlace()).isEqualTo(2);
        assertThat(primary(effects.get("at-20")).getEntry().orElseThrow().getTestedAt())
                .isCloseTo(0.025 / 6, within(1e-12));
    }

    private static RetrainedIntervention matcher(Random random, String name) {
        return RetrainedIntervention.random(random, 4)
                .with(
                        spec ->
                                spec.setName("n/" + name)
                                        .setMatch(Bm25Spec.ofBest(name.codePointAt(0))))
                .under("of-" + name);
    }

    private static RetrainedIntervention checkpoint(Random random, long step) {
        return RetrainedIntervention.random(random, 4)
                .with(
                        spec ->
                                InterventionSpec.newBuilder(
                                        spec.setName("n@" + step)
                                                .setWindow(new StepRange(step - 10, step))
                                                .setOperate(List.of(SwapSpec.of(step, step + 10)))
                                                .build()))
                .under("at-" + step);
    }

    /** The last of each intervention, when everything has come in any order. */
    private Map<String, Effects> effects(List<RetrainedIntervention> all, Random random) {
        var arrivals = new ArrayList<SpecificRecord>();
        for (var one : all) {
            arrivals.add(one.selection());
            arrivals.addAll(one.retrainings());
            arrivals.addAll(one.scores());
        }
        Collections.shuffle(arrivals, random);
        try (var topology =
                new TestingTopology(new EffectsTopology(schemas).toTopology(), schemas, folder)) {
            for (var arrival : arrivals) {
                pipe(topology, arrival);
                if (random.nextInt(50) == 0) {
                    topology.passASecond();
                }
            }
            topology.passASecond();
            var last = new TreeMap<String, Effects>();
            topology.output(EFFECTS)
                    .readValuesToList()
                    .forEach(one -> last.put(one.getIntervention(), one));
            var afterARestart =
                    new Siblings(
                            topology.store(EffectsTopology.SELECTED),
                            topology.store(EffectsTopology.PUBLISHED));
            assertThat(
                            json(
                                    afterARestart.decided(
                                            Specs.of(all.getFirst().selection()),
                                            Optional.empty())))
                    .isEqualTo(json(last.values()));
            return last;
        }
    }

    /** A record with NaN differs from itself. */
    private static List<ObjectNode> json(Collection<Effects> effects) {
        return effects.stream().map(EffectsJson::of).toList();
    }

    private static void pipe(TestingTopology topology, SpecificRecord arrival) {
        switch (arrival) {
            case Selection selection ->
                    topology.input(SELECTIONS).pipeInput(selection.getIntervention(), selection);
            case Retraining retraining ->
                    topology.input(RETRAININGS)
                            .pipeInput(Keys.retraining(retraining.getId()), retraining);
            case Score score -> topology.input(SCORES).pipeInput(score.getItem(), score);
            default -> throw new IllegalArgumentException("not a source: " + arrival);
        }
    }

    private static Effect primary(Effects effects) {
        return Families.primary(effects.getEffects()).orElseThrow();
    }

    private static List<Effect> differences(Effects effects) {
        return effects.getEffects().stream()
                .filter(effect -> effect.getFamily().equals("matchers"))
                .toList();
    }

    private static Map<String, Effect> pairs(Map<String, Effects> effects) {
        var pairs = new TreeMap<String, Effect>();
        effects.values().stream()
                .flatMap(one -> differences(one).stream())
                .forEach(
                        effect -> {
                            var name = effect.getContrast() + effect.getMetric();
                            var other = pairs.put(name, effect);
                            assertThat(other == null ? effect : other)
                                    .hasToString(effect.toString());
                        });
        return pairs;
    }

    private static double[] qByPairs(Map<String, Effects> effects) {
        return pairs(effects).values().stream().mapToDouble(Effect::getQ).toArray();
    }

    private static double[] qExpected(Map<String, Effects> effects) {
        return Adjustment.BH.adjusted(
                pairs(effects).values().stream().mapToDouble(Effect::getP).toArray());
    }

    /** Of the selected items in the treated arm. */
    private static double[][] margins(RetrainedIntervention of) {
        var margins = new double[4][2 * RetrainedIntervention.ITEMS / 2];
        for (var score : of.scores()) {
            var id = score.getRetraining().orElseThrow();
            int item = Integer.parseInt(score.getItem().substring(1));
            if (id.getArm().equals("treated") && item < RetrainedIntervention.ITEMS / 2) {
                int benchmark = Integer.parseInt(score.getBenchmark().substring(2));
                margins[id.getReplicate()][benchmark * RetrainedIntervention.ITEMS / 2 + item] =
                        score.getMargin();
            }
        }
        return margins;
    }
}
