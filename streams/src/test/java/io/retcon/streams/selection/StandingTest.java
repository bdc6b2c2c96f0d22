package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;

class StandingTest {
    private static final String SPEC =
            """
            trigger: on-checkpoint
            budget: 12
            name: n
            run: r
            select: { benchmark: b/, rule: learned-at }
            match: { matcher: cooccurrence }
            operate: { operation: swap }
            arms: [control, treated]
            retrain: { replicates: 2 }
            """;

    @TempDir private Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(new SelectionTopology(schemas).toTopology(), properties());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void everyScoredCheckpointMakesOneInterventionUntilTheBudgetIsSpent() {
        // Given
        publish(SPEC);
        // When
        for (long step = 10; step <= 60; step += 10) {
            announce(step, 0);
            announce(step, 5);
            announce(step, 5);
        }
        // Then: 10 and 20 have too few before them, and three times four retrainings are 12
        var specs = made().stream().map(made -> new SpecReader().read(made.getSpec())).toList();
        assertThat(specs).extracting(spec -> spec.name()).containsExactly("n@20", "n@30", "n@40");
        var second = specs.get(1);
        assertThat(second.window().getFrom()).isEqualTo(20);
        assertThat(second.window().getTo()).isEqualTo(30);
        assertThat(second.select().getStep()).contains(30L);
        assertThat(second.select().getCheckpoints()).containsExactly(10L, 20L, 30L, 40L);
        assertThat(Donors.of(second).orElseThrow().window()).isEqualTo(new Window(30, 40));
        assertThat(lastProgress()).contains("the budget is spent: checkpoint 60 is left out");
    }

    @SeededTest(tries = 20)
    void lateAndRepeatedAnnouncementsChangeNothing(Random random) {
        // Given
        publish(SPEC.replace("budget: 12", "budget: 1000"));
        var seen = new ArrayList<Long>();
        for (long step = 1; step <= 12; step++) {
            announce(step, 5);
            // When
            while (random.nextBoolean()) {
                announce(1 + random.nextLong(step), 5);
                publish(SPEC.replace("budget: 12", "budget: 1000"));
            }
            // Then
            made().forEach(one -> seen.add(new SpecReader().read(one.getSpec()).window().getTo()));
            assertThat(seen).hasSize((int) Math.max(0, step - 2)).doesNotHaveDuplicates();
        }
    }

    @Test
    void checkpointsThatWereThereSetNothingOff() {
        // Given
        for (long step = 10; step <= 30; step += 10) {
            announce(step, 5);
        }
        publish(SPEC + "after: 30\n");
        // When
        announce(40, 5);
        // Then
        assertThat(made()).extracting(Intervention::getName).containsExactly("n@30");
    }

    private void publish(String yaml) {
        var template = new SpecReader().readStanding(yaml).orElseThrow().published();
        pipe(TopicCatalogue.INTERVENTIONS, template.getId(), template);
    }

    private void announce(long step, int items) {
        var checkpoint =
                Checkpoint.newBuilder()
                        .setRun("r")
                        .setStep(step)
                        .setLocation("nowhere")
                        .setSha256("0")
                        .setEngine("nd4j")
                        .setThreads(1)
                        .setEvaluations(
                                items == 0 ? List.of() : List.of(new Evaluation("b/1", items, 0)))
                        .build();
        pipe(TopicCatalogue.CHECKPOINTS, Keys.checkpoint(checkpoint), checkpoint);
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V value) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        new RecordSerde<>(topic, schemas).serializer())
                .pipeInput(key, value);
    }

    private List<Intervention> made() {
        return read(TopicCatalogue.INTERVENTIONS);
    }

    private String lastProgress() {
        return read(TopicCatalogue.PROGRESS).stream()
                .filter(progress -> progress.getStage().equals("stand"))
                .reduce((first, second) -> second)
                .flatMap(progress -> progress.getMessage())
                .orElseThrow();
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        new RecordSerde<>(topic, schemas).deserializer())
                .readValuesToList();
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "standing-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return properties;
    }
}
