package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TestingBroker;
import io.retcon.retrainer.TestingWorld;
import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.original.OriginalRun;
import io.retcon.retrainer.original.RunPlan;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The original run, then its arms, over a broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class RetrainingIT {
    private static final int PARTITIONS = 3;
    private static final String RECIPE =
            """
            {"learning_rate": 0.01, "warmup_steps": 2, "t_max": 20, "max_grad_norm": 1.0}
            """;

    private Path folder;
    private TestingBroker broker;
    private Cluster cluster;
    private TestingWorld world;

    @BeforeAll
    void publishWorld(@TempDir Path folder) throws Exception {
        this.folder = folder;
        broker = new TestingBroker(folder.resolve("broker"), PARTITIONS);
        cluster = broker.cluster();
        world = new TestingWorld(cluster, PARTITIONS);
        world.publish(folder);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void originalRunIsTheSameInOneGoAndInTwo() {
        // Given
        train("first", List.of(4L));
        // When
        var checkpoints = train("first", List.of(4L, 8L));
        // Then
        assertThat(checkpoints).extracting(Checkpoint::getStep).containsExactly(4L, 8L);
        assertThat(checkpoints)
                .allSatisfy(
                        c ->
                                assertThat(c.getEvaluations())
                                        .containsExactly(
                                                new Evaluation("few", 10, 0),
                                                new Evaluation("many", 20, 0)));
        assertThat(scores()).hasSize(60);
        assertThat(published()).hasSize(2);
        var again = train("first", List.of(4L, 8L));
        assertThat(again).isEqualTo(checkpoints);
        assertThat(scores()).hasSize(60);
    }

    @Test
    @Order(2)
    void armsDifferOnlyByTheirOverlay() {
        // Given
        world.publishArm("i1", "noop", Map.of());
        world.publishArm("i1", "treated", Map.of(5L, 2, 7L, 0));
        publish(retraining("i1", "control", 0));
        publish(retraining("i1", "noop", 0));
        publish(retraining("i1", "treated", 0));
        publish(retraining("i1", "control", 1));
        // When
        var done = await("i1", 4);
        // Then
        assertThat(done.values())
                .extracting(Retraining::getState)
                .containsOnly(RetrainingState.DONE);
        var control = done.get("i1|control|0").getSha256().orElseThrow();
        assertThat(done.get("i1|noop|0").getSha256()).contains(control);
        assertThat(done.get("i1|treated|0").getSha256().orElseThrow()).isNotEqualTo(control);
        assertThat(done.get("i1|control|1").getSha256().orElseThrow()).isNotEqualTo(control);
        assertThat(scores().stream().filter(s -> s.getRetraining().isPresent())).hasSize(4 * 30);
        var progress = progressOf("i1");
        assertThat(progress.keySet())
                .containsExactlyInAnyOrder(
                        "i1|retrain|control|0",
                        "i1|retrain|control|1",
                        "i1|retrain|noop|0",
                        "i1|retrain|treated|0",
                        "i1|score|control|0",
                        "i1|score|control|1",
                        "i1|score|noop|0",
                        "i1|score|treated|0");
        var training = progress.get("i1|retrain|treated|0");
        assertThat(training.getRetraining()).contains(new RetrainingId("i1", "treated", 0));
        assertThat(training.getDone()).isEqualTo(training.getTotal()).isEqualTo(4);
        assertThat(training.getLoss().orElseThrow()).isBetween(1.0, 10.0);
        assertThat(training.getTokensPerSecond().orElseThrow()).isPositive();
        assertThat(training.getSecondsLeft()).contains(0.0);
    }

    @Test
    @Order(3)
    void whatCannotBeDoneFailsWithItsReason() {
        // Given
        publish(retraining("i2", "control", 0, new StepRange(5L, 8L)));
        // When
        var failed = await("i2", 1).get("i2|control|0");
        // Then
        assertThat(failed.getState()).isEqualTo(RetrainingState.FAILED);
        assertThat(failed.getReason().orElseThrow())
                .isEqualTo("run 'small' has no checkpoint at step 5: it has [4, 8]");
    }

    @Test
    @Order(4)
    void doneAgainItGivesTheSameRecords() {
        // Given
        var before = await("i1", 4).get("i1|treated|0");
        var scores = scoresOf("i1", "treated");
        publish(
                Retraining.newBuilder(before)
                        .setState(RetrainingState.PENDING)
                        .setSha256(null)
                        .setStepsDone(0)
                        .build());
        forget("i1|treated|0|8");
        // When
        var after = await("i1", 4, "another").get("i1|treated|0");
        // Then
        assertThat(after).isEqualTo(before);
        assertThat(scoresOf("i1", "treated")).isEqualTo(scores);
    }

    @Test
    @Order(5)
    void anArmThatDivergesKeepsItsStateAndTheOthersGoOn() {
        // Given
        int poison = world.unusedToken(9);
        poisonedCheckpoint(9, poison);
        var poisoned = new int[TestingWorld.TOKENS];
        Arrays.fill(poisoned, poison);
        world.publishArm("i3", "treated", Map.of(10L, 1), () -> poisoned);
        var window = new StepRange(9L, 12L);
        publish(retraining("i3", "treated", 0, window));
        publish(retraining("i3", "control", 0, window));
        // When
        var over = await("i3", 2);
        // Then
        var failed = over.get("i3|treated|0");
        assertThat(failed.getState()).isEqualTo(RetrainingState.FAILED);
        var reason = failed.getReason().orElseThrow();
        var kept = "the state before it is kept in ";
        assertThat(reason).startsWith("step 10: training diverged").contains(kept);
        var state =
                new CheckpointFolder(
                        Path.of(reason.substring(reason.indexOf(kept) + kept.length())));
        assertThat(state.isWhole()).isTrue();
        assertThat(state.step()).isEqualTo(10);
        assertThat(over.get("i3|control|0").getState()).isEqualTo(RetrainingState.DONE);
        var progress = progressOf("i3");
        assertThat(progress.get("i3|retrain|treated|0").getDone()).isEqualTo(1);
        assertThat(progress.get("i3|retrain|treated|0").getMessage()).contains(reason);
        assertThat(progress.get("i3|retrain|control|0").getDone()).isEqualTo(3);
    }

    @Test
    @Order(6)
    void whatClaimsMoreThanThereIsFailsAlone() throws IOException {
        // Given
        var boundless = "boundless";
        claimSteps(boundless, 1L << 38);
        var window = new StepRange(4L, Integer.MAX_VALUE - 8L);
        publish(
                Retraining.newBuilder(retraining("i4", "control", 0, window))
                        .setRun(boundless)
                        .build());
        publish(retraining("i4", "control", 1, new StepRange(11L, 12L)));
        var noFile = Files.createDirectories(folder.resolve("no-file"));
        Files.createDirectories(noFile.resolve("model.safetensors"));
        announce(TestingWorld.RUN, 11, noFile);
        announce(boundless, 4, folder.resolve("poisoned"));
        // When
        var failed = await("i4", 2);
        // Then
        assertThat(failed.get("i4|control|0").getReason().orElseThrow())
                .contains("the history of run 'boundless' has a gap");
        assertThat(failed.get("i4|control|1").getReason().orElseThrow())
                .contains(noFile.resolve("model.safetensors") + ": this is no plain file");
    }

    private void claimSteps(String run, long steps) {
        var small = TopicTable.read(cluster, TopicCatalogue.MANIFESTS).get(TestingWorld.RUN);
        var about = RunManifest.newBuilder((RunManifest) small.getAbout()).setSteps(steps).build();
        try (var transaction = new Transaction(cluster, "manifest")) {
            transaction.send(TopicCatalogue.MANIFESTS, run, new Manifest(run, about));
            transaction.commit();
        }
    }

    private void announce(String run, long step, Path location) {
        try (var publisher = new Publisher(cluster, "announcer")) {
            publisher.publish(
                    Checkpoint.newBuilder()
                            .setRun(run)
                            .setStep(step)
                            .setLocation(location.toString())
                            .setSha256("0".repeat(64))
                            .setEngine(Engine.here().name())
                            .setThreads(1)
                            .build());
        }
        world.awaitVisible();
    }

    /** One that is fine as long as nobody reads the token: then its numbers are too large. */
    private void poisonedCheckpoint(long step, int token) {
        var recipe = Recipe.parse(RECIPE, "recipe");
        try (var trainer = Trainer.fresh(TinyModels.OLMO2, recipe, 5, 1);
                var publisher = new Publisher(cluster, "poison")) {
            var row = trainer.model().layout().get("model.embed_tokens.weight");
            for (int i = 0; i < row.columns(); i++) {
                long place = row.offset() + (long) token * row.columns() + i;
                trainer.model().weights().set(place, 3e38f);
            }
            var saved = trainer.save(folder.resolve("poisoned"));
            publisher.publish(
                    Checkpoint.newBuilder()
                            .setRun(TestingWorld.RUN)
                            .setStep(step)
                            .setLocation(saved.path().toString())
                            .setSha256(saved.sha256())
                            .setEngine(Engine.here().name())
                            .setThreads(1)
                            .build());
        }
        world.awaitVisible();
    }

    private Map<String, Progress> progressOf(String intervention) {
        var progress = new HashMap<>(TopicTable.read(cluster, TopicCatalogue.PROGRESS));
        progress.keySet().removeIf(key -> !key.startsWith(intervention + "|"));
        return progress;
    }

    private List<Checkpoint> train(String name, List<Long> steps) {
        var plan =
                new RunPlan(
                        TestingWorld.RUN,
                        TinyModels.OLMO2,
                        Recipe.parse(RECIPE, "recipe"),
                        1,
                        Compute.cpu(2),
                        steps,
                        List.of(),
                        Unconditional.SKIPPED,
                        folder.resolve(name));
        var checkpoints = new OriginalRun(cluster, plan, p -> {}, r -> {}).run();
        world.awaitVisible();
        return checkpoints;
    }

    private Retraining retraining(String intervention, String arm, int replicate) {
        return retraining(intervention, arm, replicate, new StepRange(4L, 8L));
    }

    private Retraining retraining(
            String intervention, String arm, int replicate, StepRange window) {
        return Retraining.newBuilder()
                .setId(new RetrainingId(intervention, arm, replicate))
                .setRun(TestingWorld.RUN)
                .setWindow(window)
                .setRetrain(RetrainSpec.newBuilder().setReplicates(2).setVary("jitter").build())
                .setMetrics(List.of("acc_raw", "acc_uncond"))
                .setSeed(100 + replicate)
                .setBenchmarks(List.of("few", "many"))
                .setDocuments(0)
                .setTruncated(0)
                .setState(RetrainingState.PENDING)
                .setStepsDone(0)
                .build();
    }

    private void publish(Retraining retraining) {
        try (var transaction = new Transaction(cluster, "scheduler")) {
            transaction.send(
                    TopicCatalogue.RETRAININGS, Keys.retraining(retraining.getId()), retraining);
            transaction.commit();
        }
    }

    /** Takes a checkpoint back, so that its retraining must be done again. */
    private void forget(String key) {
        try (var producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(TopicCatalogue.CHECKPOINTS.name(), key, null));
        }
    }

    private Map<String, Retraining> await(String intervention, int count) {
        return await(intervention, count, "worker");
    }

    private Map<String, Retraining> await(String intervention, int count, String worker) {
        var died = new AtomicReference<Throwable>();
        var settings = new WorkerSettings(folder.resolve(worker), 2);
        try (var running = RetrainingWorker.start(cluster, settings, p -> {}, died::set)) {
            assertThat(running).isNotNull();
            while (true) {
                assertThat(died.get()).isNull();
                var finished = new HashMap<String, Retraining>();
                TopicTable.read(cluster, TopicCatalogue.RETRAININGS)
                        .forEach(
                                (key, retraining) -> {
                                    boolean over =
                                            retraining.getState() == RetrainingState.DONE
                                                    || retraining.getState()
                                                            == RetrainingState.FAILED;
                                    if (over && key.startsWith(intervention + "|")) {
                                        finished.put(key, retraining);
                                    }
                                });
                if (finished.size() == count) {
                    return finished;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(200));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Score> scores() {
        var scores = new ArrayList<Score>();
        TopicTable.scan(cluster, TopicCatalogue.SCORES, (key, score) -> scores.add(score));
        return scores;
    }

    private Map<String, Score> scoresOf(String intervention, String arm) {
        var scores = new HashMap<String, Score>();
        for (var score : scores()) {
            if (score.getRetraining()
                    .filter(id -> id.getIntervention().equals(intervention))
                    .filter(id -> id.getArm().equals(arm))
                    .isPresent()) {
                scores.put(score.getItem(), score);
            }
        }
        return scores;
    }

    private Map<String, Checkpoint> published() {
        return TopicTable.read(cluster, TopicCatalogue.CHECKPOINTS);
    }
}
