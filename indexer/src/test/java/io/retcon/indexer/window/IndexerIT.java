package io.retcon.indexer.window;

import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicReader;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class IndexerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long STEPS = 300;

    @TempDir private static Path folder;
    private static TestingBroker broker;
    private static Cluster cluster;
    private static TestingRun run;
    private static final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestingBroker.start(folder.resolve("broker"), 3);
        cluster = broker.cluster();
        run = TestingRun.publish(cluster, folder, "run", STEPS, 7);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void everyDocumentGetsItsRoleInOrderAndTheClosingRecordCountsThem() {
        // Given
        var window = new StepRange(10L, 30L);
        var donors = new StepRange(25L, 50L);
        var selection = run.selection("roles", window, donors, 5);
        // When
        try (var indexer = Indexer.start(cluster, failures::add)) {
            publish(selection);
            awaitClosing("roles");
            assertThat(indexer).isNotNull();
        }
        // Then
        var found = matches("roles");
        var closing = found.removeLast().getClosing().orElseThrow();
        assertThat(closing.getRecords()).isEqualTo(found.size());
        assertThat(closing.getSha256()).hasSize(64);
        assertThat(found).isEqualTo(expected(selection, window, donors));
        assertThat(found)
                .extracting(match -> match.getRole().orElseThrow())
                .contains(Role.TARGET, Role.BYSTANDER, Role.DONOR);
        assertThat(TopicTable.read(cluster, PROGRESS).get("roles|match"))
                .satisfies(
                        last -> {
                            assertThat(last.getTotal()).isEqualTo(45L * 4);
                            assertThat(last.getDone()).isEqualTo(last.getTotal());
                        });
    }

    @Test
    void whatCannotBeAnsweredIsRejectedWithTheReasonAndTheStreamGoesOn() throws Exception {
        // Given
        var window = new StepRange(0L, 2L);
        var beyond = new StepRange(STEPS, STEPS + 1);
        var noSuchItem = List.of(new ItemRef(TestingRun.BENCHMARK, "nowhere"));
        try (var producer = cluster.producer()) {
            producer.send(
                            new ProducerRecord<>(
                                    SELECTIONS.name(),
                                    "poison",
                                    "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
            producer.send(new ProducerRecord<>(SELECTIONS.name(), "forgotten", null)).get();
        }
        publish(run.selection("lost-item", window, window, noSuchItem));
        publish(run.selection("no-donors", window, beyond, 1));
        publish(run.selection("sound", window, window, 1));
        // When
        try (var indexer = Indexer.start(cluster, failures::add)) {
            awaitClosing("sound");
            assertThat(indexer).isNotNull();
        }
        // Then
        var reasons = read(REJECTS).stream().map(Reject::getReason).toList();
        assertThat(reasons)
                .satisfiesExactly(
                        first -> assertThat(first).contains("Confluent's framing"),
                        second -> assertThat(second).contains("'nowhere' of words", "import it"),
                        third -> assertThat(third).contains("beyond the history"));
        assertThat(matches("lost-item")).isEmpty();
        assertThat(matches("no-donors")).isEmpty();
    }

    @Test
    void aSelectionThatComesTwiceIsAnsweredOnce() {
        // Given
        var window = new StepRange(0L, 3L);
        publish(run.selection("twice", window, window, 2));
        publish(run.selection("twice", window, window, 2));
        publish(run.selection("after-twice", window, window, 2));
        // When
        try (var indexer = Indexer.start(cluster, failures::add)) {
            awaitClosing("after-twice");
            assertThat(indexer).isNotNull();
        }
        // Then
        assertThat(matches("twice")).filteredOn(m -> m.getClosing().isPresent()).hasSize(1);
        assertThat(matches("twice")).doesNotHaveDuplicates();
    }

    @Test
    void killedAtAnyMomentEachRecordIsThereOnce() throws Exception {
        // Given
        var random = new Random(11);
        var window = new StepRange(0L, STEPS / 2);
        var donors = new StepRange(STEPS / 2, STEPS);
        var interventions = IntStream.range(0, 8).mapToObj(i -> "killed-" + i).toList();
        for (var intervention : interventions) {
            publish(run.selection(intervention, window, donors, TestingRun.ITEMS));
        }
        // When
        for (int kill = 0; kill < 4; kill++) {
            var before = TopicTable.read(cluster, PROGRESS);
            var process = indexerProcess();
            await().atMost(PATIENCE)
                    .until(() -> !TopicTable.read(cluster, PROGRESS).equals(before));
            process.waitFor(random.nextInt(1000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        try (var indexer = Indexer.start(cluster, failures::add)) {
            interventions.forEach(IndexerIT::awaitClosing);
            assertThat(indexer).isNotNull();
        }
        // Then
        for (var intervention : interventions) {
            var found = matches(intervention);
            var closing = found.removeLast().getClosing().orElseThrow();
            var selection = run.selection(intervention, window, donors, TestingRun.ITEMS);
            assertThat(closing.getRecords()).isEqualTo(found.size());
            assertThat(found).isEqualTo(expected(selection, window, donors));
        }
    }

    /** Started by {@link #killedAtAnyMomentEachRecordIsThereOnce}. */
    static final class Process {
        private Process() {}

        public static void main(String[] args) throws InterruptedException {
            Indexer.start(new Cluster(args[0]), cause -> System.exit(1)).join();
        }
    }

    private static java.lang.Process indexerProcess() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Process.class.getName(),
                        broker.bootstrapServers())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<Match> expected(Selection selection, StepRange window, StepRange donors) {
        var expected = new ArrayList<Match>();
        run.documents()
                .forEach(
                        (document, text) -> {
                            if (lies(document, window)) {
                                var items = matched(selection, text);
                                expected.add(
                                        match(
                                                selection,
                                                items.isEmpty() ? Role.BYSTANDER : Role.TARGET,
                                                document,
                                                items));
                            }
                        });
        run.documents()
                .forEach(
                        (document, text) -> {
                            if (lies(document, donors) && matched(selection, text).isEmpty()) {
                                expected.add(match(selection, Role.DONOR, document, List.of()));
                            }
                        });
        return expected;
    }

    private static boolean lies(DocumentRef document, StepRange range) {
        return document.getStep() >= range.getFrom() && document.getStep() < range.getTo();
    }

    private static List<ItemRef> matched(Selection selection, String text) {
        return selection.getItems().stream()
                .filter(
                        item ->
                                TestingRun.matches(
                                        Integer.parseInt(item.getId().substring(1)), text))
                .toList();
    }

    private static Match match(
            Selection selection, Role role, DocumentRef document, List<ItemRef> items) {
        return new Match(selection.getIntervention(), role, document, items, null, List.of(), null);
    }

    private static void publish(Selection selection) {
        try (var transaction = new Transaction(cluster, "testing-selection")) {
            transaction.send(SELECTIONS, selection.getIntervention(), selection);
            transaction.commit();
        }
    }

    private static void awaitClosing(String intervention) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> {
                            assertThat(failures).isEmpty();
                            assertThat(matches(intervention))
                                    .anyMatch(match -> match.getClosing().isPresent());
                        });
    }

    private static List<Match> matches(String intervention) {
        var found = new ArrayList<>(read(MATCHES));
        found.removeIf(match -> !match.getIntervention().equals(intervention));
        return found;
    }

    /** The values of a topic of one partition. */
    private static <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        var values = new ArrayList<V>();
        var deserializer = cluster.serde(topic).deserializer();
        try (var reader = TopicReader.wholePartition(cluster, topic.name(), 0)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                values.add(deserializer.deserialize(topic.name(), next.get().value()));
            }
        }
        return values;
    }
}
