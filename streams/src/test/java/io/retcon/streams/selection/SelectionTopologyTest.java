package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

class SelectionTopologyTest {
    private static final String SPEC =
            """
            name: n
            run: r
            select: { benchmark: b/, rule: learned-at, step: 2, checkpoints: [0, 1, 2, 3] }
            window: { from: 1, to: 2 }
            match: { matcher: cooccurrence }
            operate: { operation: swap, donors: { from: 2, to: 3 } }
            """;

    @TempDir Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    /** A record and the topic it arrives by. */
    private record Arrival<V extends SpecificRecord>(Topic<V> topic, String key, V value) {}

    @SeededTest(tries = 15)
    void anyOrderOfArrivalSelectsWhatTheDefinitionSays(Random random) {
        // Given
        var right = new boolean[2][6][4];
        var arrivals = new ArrayList<Arrival<?>>();
        arrivals.add(intervention(SPEC));
        for (int step = 0; step < 4; step++) {
            arrivals.add(checkpoint(step, 2));
            for (int b = 0; b < 2; b++) {
                for (int item = 0; item < 6; item++) {
                    right[b][item][step] = random.nextInt(3) > (step < 2 ? 1 : 0);
                    arrivals.add(score("b/" + b, item, step, right[b][item][step]));
                }
            }
        }
        arrivals.add(score("other", 1, 2, true));
        arrivals.addAll(arrivals.subList(0, 20));
        Collections.shuffle(arrivals, random);
        // When
        var selections = results(arrivals, TopicCatalogue.SELECTIONS);
        // Then
        assertThat(selections).hasSize(1);
        assertThat(selections.getFirst().getItems()).isEqualTo(bruteForce(right));
        assertThat(selections.getFirst().getBenchmarkItems()).isEqualTo(Map.of("b/0", 6, "b/1", 6));
    }

    @Test
    void nothingIsSelectedBeforeTheLastScoreIsThere() {
        // Given
        var arrivals = new ArrayList<Arrival<?>>();
        arrivals.add(intervention(SPEC));
        for (int step = 0; step < 4; step++) {
            arrivals.add(checkpoint(step, 1));
            for (int item = 0; item < 6; item++) {
                arrivals.add(score("b/0", item, step, true));
            }
        }
        arrivals.removeLast();
        // When
        var selections = results(arrivals, TopicCatalogue.SELECTIONS);
        // Then
        assertThat(selections).isEmpty();
    }

    @Test
    void aSpecThatCannotBeReadIsRejectedWithTheReason() {
        // Given
        var bad = new Intervention("id", "n", "name: n\nrum: r\n");
        var arrival = new Arrival<>(TopicCatalogue.INTERVENTIONS, "id", bad);
        // When
        List<Reject> rejects = results(List.of(arrival), TopicCatalogue.REJECTS);
        // Then
        assertThat(rejects).hasSize(1);
        assertThat(rejects.getFirst().getReason()).contains("line 2, column 1: 'rum' is no field");
        assertThat(rejects.getFirst().getKey()).contains("id");
    }

    /** Of fault: 'never' by acc_uncond selected every item of a run that was not scored by it. */
    @ParameterizedTest
    @ValueSource(strings = {"never", "always", "learnable", "learned-at, step: 2"})
    void aMetricThatWasNotScoredRefusesTheSpecAndSelectsNothing(String rule) {
        // Given
        var arrivals = new ArrayList<Arrival<?>>();
        var intervention =
                intervention(
                        SPEC.replace(
                                "rule: learned-at, step: 2", "metric: acc_uncond, rule: " + rule));
        arrivals.add(intervention);
        for (int step = 0; step < 4; step++) {
            arrivals.add(checkpoint(step, 1));
            for (int item = 0; item < 6; item++) {
                arrivals.add(score("b/0", item, step, false));
            }
        }
        // When
        var rejects = results(arrivals, TopicCatalogue.REJECTS);
        // Then
        assertThat(rejects).hasSize(1);
        assertThat(rejects.getFirst().getKey()).contains(intervention.key());
        assertThat(rejects.getFirst().getReason())
                .isEqualTo(
                        "select.metric is acc_uncond, by which no item of b/ was scored at"
                                + " checkpoint 0 of run 'r': score the run with --unconditional,"
                                + " or select by another metric");
    }

    private static List<ItemRef> bruteForce(boolean[][][] right) {
        var selected = new TreeSet<String>();
        for (int b = 0; b < right.length; b++) {
            for (int item = 0; item < right[b].length; item++) {
                var r = right[b][item];
                if (!r[0] && !r[1] && r[2] && r[3]) {
                    selected.add(b + " " + item);
                }
            }
        }
        return selected.stream()
                .map(name -> new ItemRef("b/" + name.charAt(0), name.substring(2)))
                .toList();
    }

    private static Arrival<Intervention> intervention(String text) {
        var spec = new SpecText(new SpecReader().read(text));
        return new Arrival<>(
                TopicCatalogue.INTERVENTIONS,
                spec.id(),
                new Intervention(spec.id(), "n", spec.yaml()));
    }

    private static Arrival<Checkpoint> checkpoint(long step, int benchmarks) {
        var evaluations =
                Stream.of("b/0", "b/1")
                        .limit(benchmarks)
                        .map(b -> new Evaluation(b, 6, 0))
                        .toList();
        return new Arrival<>(
                TopicCatalogue.CHECKPOINTS,
                Keys.join("r", step),
                new Checkpoint("r", step, null, "x", "x", null, "e", 1, evaluations));
    }

    private static Arrival<Score> score(String benchmark, int item, long step, boolean right) {
        var choices = List.of(new ChoiceScore(-1.0, 1, 1, null), new ChoiceScore(-2.0, 1, 1, null));
        return new Arrival<>(
                TopicCatalogue.SCORES,
                Keys.join("r", step, benchmark, item),
                new Score(
                        "r",
                        step,
                        null,
                        benchmark,
                        Integer.toString(item),
                        choices,
                        0,
                        Map.of("acc_raw", right, "acc_per_char", !right),
                        1.0,
                        null,
                        null));
    }

    private <V extends SpecificRecord> List<V> results(
            List<? extends Arrival<?>> arrivals, Topic<V> topic) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "selection");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        try (var driver =
                new TopologyTestDriver(new SelectionTopology(schemas).toTopology(), properties)) {
            arrivals.forEach(arrival -> pipe(driver, arrival));
            return driver.createOutputTopic(
                            topic.name(),
                            new StringDeserializer(),
                            new RecordSerde<>(topic, schemas).deserializer())
                    .readValuesToList();
        }
    }

    private <V extends SpecificRecord> void pipe(TopologyTestDriver driver, Arrival<V> arrival) {
        driver.createInputTopic(
                        arrival.topic().name(),
                        new StringSerializer(),
                        new RecordSerde<>(arrival.topic(), schemas).serializer())
                .pipeInput(arrival.key(), arrival.value());
    }
}
