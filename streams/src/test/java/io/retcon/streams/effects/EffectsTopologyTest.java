package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.TestingTopology;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class EffectsTopologyTest {
    @TempDir Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    private record Arrival(String key, SpecificRecord value) {}

    private static final Arrival A_SECOND = new Arrival("", null);

    private record Results(List<Effects> effects, List<Progress> progress) {}

    @SeededTest(tries = 3)
    void anyOrderOfArrivalEndsInTheSameEffects(Random random) {
        // Given
        var intervention = RetrainedIntervention.random(random, 2);
        var arrivals = arrivals(intervention);
        arrivals.addAll(List.copyOf(arrivals).subList(0, arrivals.size() / 2));
        Collections.shuffle(arrivals, random);
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects()).containsExactly(estimate(intervention));
        assertThat(results.progress().getLast().getDone()).isEqualTo(6);
        assertThat(results.progress().getLast().getTotal()).isEqualTo(6);
    }

    @SeededTest(tries = 2)
    void aFactorialDesignArrivesInAnyOrder(Random random) {
        // Given
        var intervention =
                new FactorialRetrainings(
                                FactorialDesign.of(3, 8), new double[] {-2, 0, 1}, 0, 0, 0.2, 3)
                        .draw(random);
        var arrivals = arrivals(intervention);
        Collections.shuffle(arrivals, random);
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects()).containsExactly(estimate(intervention));
        assertThat(results.progress().getLast().getDone()).isEqualTo(8);
    }

    @SeededTest(tries = 2)
    void nothingIsPublishedWhileARecordIsMissing(Random random) {
        // Given
        var arrivals = arrivals(RetrainedIntervention.random(random, 2));
        Collections.shuffle(arrivals, random);
        arrivals.removeLast();
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects()).isEmpty();
    }

    @Test
    void aRetrainingThatFailedAndThenSucceededCorrectsTheEffects() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(1), 2);
        var late = new RetrainingId(RetrainedIntervention.ID, "treated", 0);
        var arrivals = arrivals(intervention.failing(late));
        arrivals.add(A_SECOND);
        arrivals.addAll(arrivals(intervention));
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects())
                .containsExactly(estimate(intervention.failing(late)), estimate(intervention));
    }

    @Test
    void whatIsStillRunningIsWaitedFor() {
        // Given
        var intervention = RetrainedIntervention.random(new Random(1), 1);
        var arrivals = arrivals(intervention);
        arrivals.removeIf(
                arrival ->
                        arrival.value() instanceof Retraining retraining
                                && retraining.getId().getArm().equals("placebo"));
        var running =
                Retraining.newBuilder(intervention.retrainings().getLast())
                        .setState(RetrainingState.RUNNING)
                        .build();
        arrivals.add(new Arrival(Keys.retraining(running.getId()), running));
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects()).isEmpty();
        assertThat(results.progress().getLast().getDone()).isEqualTo(2);
    }

    @SeededTest(tries = 2)
    void onlyMatchedItemsAreEstimatedOnceTheMatchingSaysWhichTheyAre(Random random) {
        // Given
        var intervention =
                RetrainedIntervention.random(random, 2)
                        .with(
                                spec ->
                                        spec.setSelect(
                                                SelectSpec.newBuilder(spec.build().select())
                                                        .setMatched(true)
                                                        .build()));
        var selected = intervention.selection().getItems();
        var closing =
                Match.newBuilder()
                        .setIntervention(RetrainedIntervention.ID)
                        .setItems(selected.subList(1, 4))
                        .setClosing(new Closing(0L, "x"))
                        .build();
        var arrivals = arrivals(intervention);
        Collections.shuffle(arrivals, random);
        arrivals.add(A_SECOND);
        arrivals.add(new Arrival("closing", closing));
        // When
        var without = results(arrivals.subList(0, arrivals.size() - 1));
        var effects = results(arrivals).effects();
        // Then
        assertThat(without.effects()).isEmpty();
        assertThat(effects).hasSize(1);
        assertThat(effects.getFirst().getItems()).isEqualTo(3);
        assertThat(effects.getFirst().getEffects())
                .filteredOn(effect -> effect.getBenchmark().equals("unselected:b/"))
                .isNotEmpty()
                .allMatch(effect -> effect.getItems() == 6);
    }

    @SeededTest(tries = 2)
    void chaoticRecordsBesideItChangeNoEffect(Random random) {
        // Given
        var intervention = RetrainedIntervention.random(random, 2);
        var arrivals = arrivals(intervention);
        Collections.shuffle(arrivals, random);
        // When
        List<Effects> effects;
        try (var topology =
                new TestingTopology(new EffectsTopology(schemas).toTopology(), schemas, folder)) {
            for (var arrival : arrivals) {
                if (random.nextInt(20) == 0) {
                    topology.disturb(random, 20, SELECTIONS, RETRAININGS, SCORES, MATCHES);
                }
                pipe(topology, arrival);
            }
            topology.passASecond();
            effects = topology.output(EFFECTS).readValuesToList();
        }
        // Then
        assertThat(effects)
                .filteredOn(one -> one.getIntervention().equals(RetrainedIntervention.ID))
                .containsExactly(estimate(intervention));
    }

    private static Effects estimate(RetrainedIntervention intervention) {
        return EffectEstimator.estimate(
                intervention.selection(), intervention.retrainings(), intervention.scores());
    }

    private static List<Arrival> arrivals(RetrainedIntervention intervention) {
        var arrivals = new ArrayList<Arrival>();
        arrivals.add(new Arrival(RetrainedIntervention.ID, intervention.selection()));
        intervention.scores().forEach(score -> arrivals.add(new Arrival(score.getItem(), score)));
        intervention
                .retrainings()
                .forEach(
                        retraining ->
                                arrivals.add(
                                        new Arrival(
                                                Keys.retraining(retraining.getId()), retraining)));
        return arrivals;
    }

    private Results results(List<Arrival> arrivals) {
        try (var topology =
                new TestingTopology(new EffectsTopology(schemas).toTopology(), schemas, folder)) {
            arrivals.forEach(arrival -> pipe(topology, arrival));
            topology.passASecond();
            return new Results(
                    topology.output(EFFECTS).readValuesToList(),
                    topology.output(PROGRESS).readValuesToList());
        }
    }

    private static void pipe(TestingTopology topology, Arrival arrival) {
        switch (arrival.value()) {
            case Selection selection ->
                    topology.input(SELECTIONS).pipeInput(arrival.key(), selection);
            case Retraining retraining ->
                    topology.input(RETRAININGS).pipeInput(arrival.key(), retraining);
            case Score score -> topology.input(SCORES).pipeInput(arrival.key(), score);
            case Match match -> topology.input(MATCHES).pipeInput(arrival.key(), match);
            case null -> topology.passASecond();
            default -> throw new IllegalArgumentException("not a source: " + arrival);
        }
    }
}
