package io.retcon.indexer.window;

import static io.retcon.schemas.topic.TopicCatalogue.CHECKPOINTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.dense.TestingEncoder;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.QueryText;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.DenseSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
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
        var donors = new StepRange(30L, 50L);
        var selection = run.selection("roles", window, donors, 5);
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
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
                            assertThat(last.getTotal()).isEqualTo(2 * 40L * 4);
                            assertThat(last.getDone()).isEqualTo(last.getTotal());
                        });
    }

    @Test
    void whatCannotBeAnsweredIsRejectedWithTheReasonAndTheStreamGoesOn() throws Exception {
        // Given
        var window = new StepRange(0L, 2L);
        var donors = new StepRange(2L, 4L);
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
        publish(run.selection("lost-item", window, donors, noSuchItem));
        publish(run.selection("no-donors", window, beyond, 1));
        publish(run.selection("sound", window, donors, 1));
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
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
    void bm25ScoresAreThoseOfTheWholeWindowHoweverManyPartitionsHoldIt() {
        // Given
        var window = new StepRange(5L, 25L);
        var donors = new StepRange(25L, 40L);
        var match =
                new Bm25Spec(
                        "subject+object",
                        Optional.of(7),
                        Optional.empty(),
                        null,
                        null,
                        null,
                        Optional.empty());
        var selection = matchedBy(match, run.selection("bm25", window, donors, 6));
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            publish(selection);
            awaitClosing("bm25");
            assertThat(indexer).isNotNull();
        }
        // Then
        var found = matches("bm25");
        assertThat(found.removeLast().getClosing().orElseThrow().getRecords())
                .isEqualTo(found.size());
        var matcher = new Bm25Matcher(QueryText.SUBJECT_AND_OBJECT, new Bm25(), Cut.topK(7));
        assertThat(found).isEqualTo(expectedByScore(matcher, selection, window, donors));
        assertThat(found)
                .filteredOn(target -> target.getRole().equals(Optional.of(Role.TARGET)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "approximate"})
    void vectorsAreKeptAndTheRankingIsThatOfAllDocuments(String search) throws Exception {
        // Given
        var window = new StepRange(6L, 12L);
        var donors = new StepRange(12L, 15L);
        var encoders = Files.createDirectories(settings().encoders().folder().resolve("tiny"));
        TestingEncoder.in(encoders, 5);
        var match =
                new DenseSpec(
                        "subject+object",
                        Optional.of(9),
                        Optional.empty(),
                        "tiny",
                        Optional.empty(),
                        search,
                        Optional.empty());
        var selection = matchedBy(match, run.selection("dense-" + search, window, donors, 4));
        var again = matchedBy(match, run.selection("again-" + search, window, donors, 4));
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            publish(selection);
            publish(again);
            awaitClosing("again-" + search);
            assertThat(indexer).isNotNull();
        }
        // Then
        var pass = Matcher.of(match, settings().encoders());
        var found = matches("dense-" + search);
        assertThat(found.removeLast().getClosing().orElseThrow().getRecords())
                .isEqualTo(found.size());
        assertThat(matches("again-" + search).stream().map(IndexerIT::anonymous))
                .startsWith(found.stream().map(IndexerIT::anonymous).toArray(List[]::new));
        if (search.equals("exact")) {
            assertThat(found).isEqualTo(expectedByScore(pass, selection, window, donors));
        } else {
            assertThat(TopicTable.read(cluster, PROGRESS).get("dense-approximate|match"))
                    .satisfies(
                            last ->
                                    assertThat(last.getMessage().orElseThrow())
                                            .startsWith("approximate search finds "));
        }
    }

    @Test
    void aDamagedIndexIsFoundAndBuiltAgain() throws Exception {
        // Given
        var window = new StepRange(3L, 9L);
        var donors = new StepRange(9L, 12L);
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            publish(run.selection("sound-index", window, donors, 3));
            awaitClosing("sound-index");
            assertThat(indexer).isNotNull();
        }
        damage(folder.resolve("indexer").resolve("windows").resolve("run").resolve("3-9"));
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            publish(run.selection("damaged-index", window, donors, 3));
            awaitClosing("damaged-index");
            assertThat(indexer).isNotNull();
        }
        // Then
        var selection = run.selection("damaged-index", window, donors, 3);
        assertThat(matches("damaged-index"))
                .filteredOn(match -> match.getClosing().isEmpty())
                .isEqualTo(expected(selection, window, donors));
    }

    @Test
    void itemsThatComeAfterTheWindowWasIndexedGetTheSameMatches() {
        // Given
        var window = new StepRange(12L, 20L);
        var donors = new StepRange(20L, 24L);
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            publish(run.selection("early", window, donors, 4));
            awaitClosing("early");
            // When
            var late = run.publishItemsAs(cluster, "late-words");
            publish(run.selection("late", window, donors, late.subList(0, 4)));
            awaitClosing("late");
            assertThat(indexer).isNotNull();
        }
        // Then
        assertThat(matches("late").stream().map(IndexerIT::anonymous))
                .containsExactlyElementsOf(
                        matches("early").stream().map(IndexerIT::anonymous).toList());
    }

    @Test
    void theWindowBetweenTwoCheckpointsIsIndexedBeforeAnyoneAsks() {
        // Given
        try (var transaction = new Transaction(cluster, "testing-checkpoints")) {
            for (long step : List.of(30L, 36L)) {
                transaction.send(CHECKPOINTS, Keys.join("run", step), checkpoint(step));
            }
            transaction.commit();
        }
        var partitions =
                folder.resolve("indexer").resolve("windows").resolve("run").resolve("30-36");
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(List.of("0", "1", "2"))
                                            .allMatch(p -> isCommitted(partitions.resolve(p))));
            var window = new StepRange(30L, 36L);
            var donors = new StepRange(0L, 2L);
            var selection = run.selection("ahead", window, donors, 5);
            publish(selection);
            awaitClosing("ahead");
            assertThat(matches("ahead"))
                    .filteredOn(match -> match.getClosing().isEmpty())
                    .isEqualTo(expected(selection, window, donors));
            assertThat(indexer).isNotNull();
        }
    }

    private static boolean isCommitted(Path index) {
        return Files.exists(index)
                && index.toFile().list((_, name) -> name.startsWith("segments_")).length > 0;
    }

    private static Checkpoint checkpoint(long step) {
        return Checkpoint.newBuilder()
                .setRun("run")
                .setStep(step)
                .setLocation("nowhere")
                .setSha256("0")
                .setEngine("none")
                .setThreads(1)
                .build();
    }

    private static Selection matchedBy(MatcherSpec match, Selection selection) {
        var spec = InterventionSpec.newBuilder(Specs.of(selection)).setMatch(match).build();
        return Selection.newBuilder(selection).setSpec(new SpecText(spec).yaml()).build();
    }

    /** Where the document lies, what it is, and the identifiers of its items, sorted. */
    private static List<Object> anonymous(Match match) {
        return List.of(
                match.getRole(),
                match.getDocument(),
                match.getItems().stream().map(ItemRef::getId).sorted().toList());
    }

    /** Flips one bit in the largest file. */
    private static void damage(Path index) throws IOException {
        try (var files = Files.walk(index)) {
            var largest =
                    files.filter(Files::isRegularFile)
                            .max(Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
            var bytes = Files.readAllBytes(largest);
            bytes[bytes.length / 2] ^= 1;
            Files.write(largest, bytes);
        }
    }

    private static List<Match> expectedByScore(
            Matcher matcher, Selection selection, StepRange window, StepRange donors) {
        var expected = new ArrayList<Match>();
        for (var part : List.of(window, donors)) {
            var documents =
                    run.documents().keySet().stream()
                            .filter(document -> lies(document, part))
                            .toList();
            var others = others(selection);
            var all = new ArrayList<>(run.items(selection));
            others.forEach(other -> all.add(run.item(other)));
            var pass = matcher.begin(all);
            documents.forEach(
                    document ->
                            pass.add(
                                    run.documents()
                                            .get(document)
                                            .getBytes(StandardCharsets.UTF_8)));
            var rows = SparseRows.byDocument(pass.end(), documents.size());
            for (int i = 0; i < documents.size(); i++) {
                int selected = selection.getItems().size();
                var items =
                        IntStream.of(rows.row(i))
                                .filter(place -> place < selected)
                                .mapToObj(selection.getItems()::get)
                                .toList();
                var also =
                        IntStream.of(rows.row(i))
                                .filter(place -> place >= selected)
                                .mapToObj(place -> others.get(place - selected))
                                .toList();
                var scores = DoubleStream.of(rows.values(i)).boxed().limit(items.size()).toList();
                if (part == window || items.isEmpty()) {
                    expected.add(
                            new Match(
                                    selection.getIntervention(),
                                    part == donors
                                            ? Role.DONOR
                                            : items.isEmpty() ? Role.BYSTANDER : Role.TARGET,
                                    documents.get(i),
                                    items,
                                    part == donors ? also : List.of(),
                                    scores.stream().max(Comparator.naturalOrder()).orElse(null),
                                    scores,
                                    List.of(),
                                    null));
                }
            }
        }
        return expected;
    }

    @Test
    void aSelectionThatComesTwiceIsAnsweredOnce() {
        // Given
        var window = new StepRange(0L, 3L);
        var donors = new StepRange(3L, 6L);
        publish(run.selection("twice", window, donors, 2));
        publish(run.selection("twice", window, donors, 2));
        publish(run.selection("after-twice", window, donors, 2));
        // When
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
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
        var selections = new ArrayList<Selection>();
        // When
        for (int kill = 0; kill < 4; kill++) {
            // Windows that no index has yet, so that the kill may also fall into the filling.
            var window = new StepRange((long) kill, STEPS / 2 + kill);
            var donors = new StepRange(STEPS / 2 + kill, STEPS - 4 + kill);
            for (int i = 0; i < 3; i++) {
                var name = "killed-%d-%d".formatted(kill, i);
                selections.add(run.selection(name, window, donors, TestingRun.ITEMS));
                publish(selections.getLast());
            }
            var before = TopicTable.read(cluster, PROGRESS);
            var process = indexerProcess();
            await().atMost(PATIENCE)
                    .until(() -> !TopicTable.read(cluster, PROGRESS).equals(before));
            process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        try (var indexer = Indexer.start(cluster, settings(), failures::add)) {
            selections.forEach(selection -> awaitClosing(selection.getIntervention()));
            assertThat(indexer).isNotNull();
        }
        // Then
        for (var selection : selections) {
            var found = matches(selection.getIntervention());
            var closing = found.removeLast().getClosing().orElseThrow();
            var spec = Specs.of(selection);
            assertThat(closing.getRecords()).isEqualTo(found.size());
            assertThat(found)
                    .isEqualTo(
                            expected(
                                    selection,
                                    spec.window(),
                                    ((SwapSpec) spec.operate().getFirst()).donors().range()));
        }
    }

    /** Started by {@link #killedAtAnyMomentEachRecordIsThereOnce}. */
    static final class Process {
        private Process() {}

        public static void main(String[] args) throws InterruptedException {
            Indexer.start(new Cluster(args[0]), settings(Path.of(args[1])), cause -> System.exit(1))
                    .join();
        }
    }

    private static IndexerSettings settings() {
        return settings(folder);
    }

    private static IndexerSettings settings(Path folder) {
        return new IndexerSettings(folder.resolve("indexer"), 2);
    }

    private static java.lang.Process indexerProcess() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Process.class.getName(),
                        broker.bootstrapServers(),
                        folder.toString())
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
                                expected.add(donor(selection, document, text));
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

    /** The items of the benchmark that were not selected, in order. */
    private static List<ItemRef> others(Selection selection) {
        return IntStream.range(0, TestingRun.ITEMS)
                .mapToObj(i -> new ItemRef(TestingRun.BENCHMARK, "i" + i))
                .filter(item -> !selection.getItems().contains(item))
                .sorted(ItemOrder.BY_NAME)
                .toList();
    }

    private static Match donor(Selection selection, DocumentRef document, String text) {
        var also =
                others(selection).stream()
                        .filter(
                                item ->
                                        TestingRun.matches(
                                                Integer.parseInt(item.getId().substring(1)), text))
                        .toList();
        return Match.newBuilder(match(selection, Role.DONOR, document, List.of()))
                .setOthers(also)
                .build();
    }

    private static Match match(
            Selection selection, Role role, DocumentRef document, List<ItemRef> items) {
        return new Match(
                selection.getIntervention(),
                role,
                document,
                items,
                List.of(),
                null,
                List.of(),
                List.of(),
                null);
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
