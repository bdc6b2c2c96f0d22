package io.retcon.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.LocalRun;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldFiles;
import io.retcon.deploy.demo.WorldSize;
import io.retcon.deploy.ingest.HistoryImportCommand;
import io.retcon.deploy.ingest.ItemsImportCommand;
import io.retcon.deploy.intervention.RunCommand;
import io.retcon.deploy.rights.Right;
import io.retcon.deploy.rights.Rights;
import io.retcon.deploy.rights.RightsTable;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.deploy.training.TrainCommand;
import io.retcon.schemas.testing.TestingRegistry;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The compose file's processes on three brokers with SCRAM, TLS and an authorizer, each component
 * with the rights of its manifest alone, on the image's runtime.
 */
class ComposeIT {
    private static final String RUN = "tiny";
    private static final WorldSize SIZE = new WorldSize(4, 4, 4, 20, 8, 48, 60, 4, 2, 1, 2);
    private static final String BOOTSTRAP = "kafka-1:9092,kafka-2:9092,kafka-3:9092";
    private static final String SPEC =
            """
            name: without-cooccurrence
            run: %s
            select:  { benchmark: %s, rule: all }
            window:  { from: 40, to: 60 }
            match:   { matcher: cooccurrence }
            operate: { operation: swap, donors: { from: 60, to: 80 }, shortage: leave }
            arms:    [control, treated, placebo]
            retrain: { replicates: 1, engine: nd4j }
            measure: { metrics: [acc_raw, margin] }
            """
                    .formatted(RUN, World.BENCHMARK);

    @TempDir static Path folder;
    private static PlayedCompose compose;
    private static TestingRegistry registry;
    private static WorldFiles files;

    @BeforeAll
    static void start() throws Exception {
        registry = TestingRegistry.start();
        compose =
                new PlayedCompose(
                        folder, Map.of("RETCON_SCHEMA_REGISTRY", registry.url(), "SEEN_AS", ""));
        files = WorldFiles.write(World.of(SIZE, 1), RUN, folder.resolve("world"));
        Files.writeString(files.spec(), SPEC);
        compose.run("secrets");
        for (int broker = 1; broker <= PlayedCompose.BROKERS; broker++) {
            compose.start("kafka-" + broker);
        }
        compose.link();
        awaitBrokers();
        compose.run("prepare");
        for (var component : List.of("streams", "indexer", "retrainer")) {
            compose.start(component);
        }
        for (var component : List.of("streams", "indexer", "retrainer")) {
            compose.awaitReady(component);
        }
    }

    private static void awaitBrokers() throws Exception {
        long deadline = System.nanoTime() + PlayedCompose.PATIENCE.toNanos();
        try (var admin = cluster("admin").admin()) {
            while (System.nanoTime() < deadline) {
                try {
                    if (admin.describeCluster().nodes().get().size() == PlayedCompose.BROKERS) {
                        return;
                    }
                } catch (ExecutionException notYet) {
                    // Asked again below.
                }
                Thread.sleep(200);
            }
        }
        throw new AssertionError("the brokers do not answer: " + compose.said("kafka-1"));
    }

    @AfterAll
    static void end() {
        compose.close();
        registry.close();
    }

    /** The cluster as a user of the compose file sees it. */
    private static Cluster cluster(String user) {
        var properties = new Properties();
        try {
            properties.load(
                    new StringReader(
                            Files.readString(
                                    compose.volume("secrets")
                                            .resolve(user)
                                            .resolve("client.properties"))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var known = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(n -> known.put(n, properties.getProperty(n)));
        known.put("schema.registry.url", registry.url());
        return new Cluster(BOOTSTRAP, known);
    }

    @Test
    void anInterventionHasTheEffectThatItHasOnTheEmbeddedStack() throws Exception {
        // When
        compose.run("importer", history());
        compose.run("importer", List.of("items", "import", files.items().toString()));
        compose.run("importer", training());
        var effects =
                compose.run(
                        "scientist",
                        List.of("run", files.spec().toString(), "--wait", "--output", "json"));
        // Then
        var json = new ObjectMapper().readTree(effects);
        assertThat(json.path("effects")).isNotEmpty();
        assertThat(json.path("documents").asInt()).isPositive();
        assertThat(json).isEqualTo(embedded());
    }

    @Test
    void everyComponentIsReadyAndServesWhatPlotsAndAlertsName() throws Exception {
        // Given
        var served = new StringBuilder();
        // When
        for (var component : List.of("streams", "indexer", "retrainer")) {
            assertThat(compose.ask(component, "/health/live").statusCode()).isEqualTo(200);
            assertThat(compose.ask(component, "/health/ready").body()).isEqualTo("well\n");
            served.append(compose.ask(component, "/metrics").body());
        }
        // Then
        var text =
                Files.readString(Path.of("grafana", "retcon.json"))
                        + Files.readString(Path.of("prometheus", "alerts.yaml"));
        var named = Pattern.compile("\\b(?:retcon|jvm|process)_[a-z_]+").matcher(text);
        var ofInterventions = Pattern.compile("retcon_(stage|intervention|retraining)_.*");
        assertThat(named.results().map(MatchResult::group))
                .isNotEmpty()
                .filteredOn(name -> !ofInterventions.matcher(name).matches())
                .allSatisfy(name -> assertThat(served).contains("# TYPE " + name));
    }

    @Test
    void theDashboardShowsWhatItMayReadToThoseWhoBringItsToken() throws Exception {
        // Given
        compose.start("dashboard");
        var token =
                Files.readString(compose.volume("secrets").resolve("retcon-dashboard/token"))
                        .strip();
        // When
        awaitDashboard();
        // Then
        assertThat(compose.ask("dashboard", "/api/interventions").statusCode()).isEqualTo(401);
        assertThat(compose.ask("dashboard", "/api/interventions", token).body()).startsWith("[");
        assertThat(compose.ask("dashboard", "/cluster", token).body())
                .contains("kafka-1", "kafka-2", "kafka-3");
    }

    private static void awaitDashboard() throws Exception {
        long deadline = System.nanoTime() + PlayedCompose.PATIENCE.toNanos();
        var said = "";
        while (System.nanoTime() < deadline) {
            try {
                said = compose.ask("dashboard", "/health/ready").body();
                if (said.equals("well\n")) {
                    return;
                }
            } catch (ConnectException notYet) {
                said = compose.said("dashboard");
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the dashboard is not ready: " + said);
    }

    private static List<String> history() {
        return List.of(
                "history",
                "import",
                files.corpus().toString(),
                "--run",
                RUN,
                "--tokenizer",
                files.tokenizer().toString(),
                "--batch",
                "8",
                "--sequence-length",
                "48");
    }

    private static List<String> training() {
        return List.of(
                "train",
                "--run",
                RUN,
                "--config",
                files.config().toString(),
                "--recipe",
                files.recipe().toString(),
                "--every",
                "20",
                "--benchmarks",
                World.BENCHMARK);
    }

    private static JsonNode embedded() {
        try (var data = DataFolder.claim(folder.resolve("embedded"));
                var stack = Stack.embedded(data, 0, 4, Stages.all(), part -> {})) {
            var servers = stack.cluster().bootstrapServers();
            say(new HistoryImportCommand(), servers, history().subList(2, history().size()));
            say(new ItemsImportCommand(), servers, List.of(files.items().toString()));
            say(new TrainCommand(), servers, training().subList(1, training().size()));
            var effects =
                    say(
                            new RunCommand(),
                            servers,
                            List.of(files.spec().toString(), "--wait", "--output", "json"));
            return effects.lines().getLast();
        }
    }

    private static LocalRun say(Object verb, String servers, List<String> arguments) {
        var all = new java.util.ArrayList<>(arguments);
        all.addAll(List.of("--bootstrap-servers", servers));
        all.addAll(List.of("--data", folder.resolve("embedded").toString()));
        var said = LocalRun.of(verb, all.toArray(String[]::new));
        assertThat(said.status()).as(said.err()).isZero();
        return said;
    }

    /** What the brokers say that each user may do with each topic is what its manifest says. */
    @Test
    void everyUserMayDoWithEachTopicWhatItsManifestSays() throws Exception {
        for (var rights : RightsTable.all()) {
            // When
            try (var admin = cluster(rights.user()).admin()) {
                for (var topic : TopicCatalogue.all()) {
                    var described =
                            admin.describeTopics(
                                            List.of(topic.name()),
                                            new DescribeTopicsOptions()
                                                    .includeAuthorizedOperations(true))
                                    .topicNameValues()
                                    .get(topic.name());
                    // Then
                    var granted = granted(rights, topic);
                    if (granted.isEmpty()) {
                        assertThatThrownBy(described::get)
                                .as("%s sees %s", rights.user(), topic.name())
                                .hasCauseInstanceOf(TopicAuthorizationException.class);
                    } else {
                        assertThat(described.get().authorizedOperations())
                                .as("what %s may do with %s", rights.user(), topic.name())
                                .isEqualTo(granted);
                    }
                }
            }
        }
    }

    /** Whoever may read or write may describe. */
    private static Set<AclOperation> granted(Rights rights, Topic<?> topic) {
        var granted = EnumSet.noneOf(AclOperation.class);
        rights.rights().stream()
                .filter(right -> right.resource().name().equals(topic.name()))
                .map(Right::operations)
                .forEach(granted::addAll);
        if (!granted.isEmpty()) {
            granted.add(AclOperation.DESCRIBE);
        }
        return granted;
    }

    @ParameterizedTest
    @CsvSource({
        "retcon-streams,retcon.items",
        "retcon-indexer,retcon.plans",
        "retcon-retrainer,retcon.effects",
        "retcon-dashboard,retcon.progress",
        "retcon-scientist,retcon.items",
        "retcon-importer,retcon.interventions",
        "retcon-answerer,retcon.plans"
    })
    void noneWritesWhatIsNotItsOwn(String user, String topic) {
        // Given
        try (var producer = cluster(user).producer()) {
            var record = new ProducerRecord<>(topic, "key", new byte[0]);
            // When
            assertThatThrownBy(() -> producer.send(record).get())
                    // Then
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "retcon-streams,retcon-indexer",
        "retcon-indexer,retcon-retrainer-1",
        "retcon-retrainer,retcon-indexer",
        "retcon-dashboard,items-import",
        "retcon-scientist,items-import"
    })
    void noneWritesUnderAnothersName(String user, String transactionalId) {
        // Given
        try (var producer = cluster(user).transactionalProducer(transactionalId)) {
            // When
            assertThatThrownBy(producer::initTransactions)
                    // Then
                    .isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"retcon-streams", "retcon-indexer", "retcon-retrainer", "retcon-dashboard"})
    void noneMakesATopicOfTheContract(String user) {
        // Given
        try (var admin = cluster(user).admin()) {
            var topic = new NewTopic("retcon.more", Optional.of(1), Optional.empty());
            // When
            assertThatThrownBy(() -> admin.createTopics(List.of(topic)).all().get())
                    // Then
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aReaderTakesNoWorkFromTheRetrainers() {
        // Given
        try (var consumer = cluster("retcon-scientist").consumer("retcon-retrainer")) {
            consumer.subscribe(List.of(TopicCatalogue.RETRAININGS.name()));
            // When
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
                    // Then
                    .isInstanceOf(GroupAuthorizationException.class);
        }
    }
}
