package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;

class EffectsTopologyTest {
    @TempDir Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    /** A record and the topic it arrives by. */
    private record Arrival<V extends SpecificRecord>(Topic<V> topic, String key, V value) {}

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
        arrivals.add(new Arrival<>(RETRAININGS, Keys.retraining(running.getId()), running));
        // When
        var results = results(arrivals);
        // Then
        assertThat(results.effects()).isEmpty();
        assertThat(results.progress().getLast().getDone()).isEqualTo(2);
    }

    private static Effects estimate(RetrainedIntervention intervention) {
        return EffectEstimator.estimate(
                intervention.selection(), intervention.retrainings(), intervention.scores());
    }

    private static List<Arrival<?>> arrivals(RetrainedIntervention intervention) {
        var arrivals = new ArrayList<Arrival<?>>();
        arrivals.add(new Arrival<>(SELECTIONS, RetrainedIntervention.ID, intervention.selection()));
        intervention
                .scores()
                .forEach(score -> arrivals.add(new Arrival<>(SCORES, score.getItem(), score)));
        intervention
                .retrainings()
                .forEach(
                        retraining ->
                                arrivals.add(
                                        new Arrival<>(
                                                RETRAININGS,
                                                Keys.retraining(retraining.getId()),
                                                retraining)));
        return arrivals;
    }

    private Results results(List<Arrival<?>> arrivals) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "effects");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        try (var driver =
                new TopologyTestDriver(new EffectsTopology(schemas).toTopology(), properties)) {
            arrivals.forEach(arrival -> pipe(driver, arrival));
            return new Results(read(driver, EFFECTS), read(driver, PROGRESS));
        }
    }

    private <V extends SpecificRecord> List<V> read(TopologyTestDriver driver, Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        new RecordSerde<>(topic, schemas).deserializer())
                .readValuesToList();
    }

    private <V extends SpecificRecord> void pipe(TopologyTestDriver driver, Arrival<V> arrival) {
        driver.createInputTopic(
                        arrival.topic().name(),
                        new StringSerializer(),
                        new RecordSerde<>(arrival.topic(), schemas).serializer())
                .pipeInput(arrival.key(), arrival.value());
    }
}
