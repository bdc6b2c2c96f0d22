package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TestingBroker;
import io.retcon.retrainer.TestingWorld;
import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.original.OriginalRun;
import io.retcon.retrainer.original.RunPlan;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A worker is killed in the middle of a retraining, and another one finishes it. */
@Timeout(180)
@EngineContract
class KilledWorkerIT {
    private static final int PARTITIONS = 2;
    private static final long START = 2;
    private static final long END = 10;
    private static final String RECIPE =
            """
            {"learning_rate": 0.01, "warmup_steps": 2, "t_max": 20, "max_grad_norm": 1.0}
            """;

    @Test
    void anotherWorkerGoesOnToTheSameBits(@TempDir Path folder) throws Exception {
        try (var broker = new TestingBroker(folder.resolve("broker"), PARTITIONS)) {
            // Given
            var cluster = broker.cluster();
            var world = new TestingWorld(cluster, PARTITIONS);
            world.publish(folder);
            trainOriginal(cluster, world, folder);
            publish(cluster, retraining("undisturbed"));
            var undisturbed =
                    work(cluster, settings(folder, "calm", "calm-states"), "undisturbed", p -> {});
            var states = folder.resolve("states");
            publish(cluster, retraining("killed"));
            // When
            var process = start(cluster, folder.resolve("killed"), states, 4);
            awaitState(states, "step-" + (START + 3), process);
            process.destroyForcibly().waitFor();
            Queue<Long> done = new ConcurrentLinkedQueue<>();
            var finished =
                    work(
                            cluster,
                            settings(folder, "other", "states"),
                            "killed",
                            progress -> {
                                if (progress.getStage().equals("retrain")) {
                                    done.add(progress.getDone());
                                }
                            });
            // Then
            assertThat(finished.getState()).isEqualTo(RetrainingState.DONE);
            assertThat(finished.getSha256()).isEqualTo(undisturbed.getSha256());
            assertThat(done.peek()).isEqualTo(3);
            assertThat(filesBelow(states)).isEmpty();
        }
    }

    private static WorkerSettings settings(Path folder, String worker, String states) {
        return new WorkerSettings(
                folder.resolve(worker), 2, folder.resolve(states), Duration.ofMinutes(1));
    }

    private static void trainOriginal(Cluster cluster, TestingWorld world, Path folder) {
        var plan =
                new RunPlan(
                        TestingWorld.RUN,
                        TinyModels.OLMO2,
                        Recipe.parse(RECIPE, "recipe"),
                        1,
                        Compute.cpu(2),
                        List.of(START),
                        List.of(),
                        Unconditional.SKIPPED,
                        folder.resolve("original"));
        new OriginalRun(cluster, plan, p -> {}, r -> {}).run();
        world.awaitVisible();
    }

    private static Retraining retraining(String intervention) {
        return Retraining.newBuilder()
                .setId(new RetrainingId(intervention, "control", 0))
                .setRun(TestingWorld.RUN)
                .setWindow(new StepRange(START, END))
                .setRetrain(
                        RetrainSpec.newBuilder()
                                .setReplicates(1)
                                .setEngine(Engine.here().name())
                                .build())
                .setMetrics(List.of("acc_raw"))
                .setSeed(77)
                .setBenchmarks(List.of("few"))
                .setDocuments(0)
                .setTruncated(0)
                .setState(RetrainingState.PENDING)
                .setStepsDone(0)
                .build();
    }

    private static void publish(Cluster cluster, Retraining retraining) {
        try (var transaction = new Transaction(cluster, "scheduler")) {
            transaction.send(
                    TopicCatalogue.RETRAININGS, Keys.retraining(retraining.getId()), retraining);
            transaction.commit();
        }
    }

    /** Lets a worker of this process work until the intervention's retraining is over. */
    private static Retraining work(
            Cluster cluster,
            WorkerSettings settings,
            String intervention,
            Consumer<Progress> listener)
            throws InterruptedException {
        var died = new AtomicReference<Throwable>();
        try (var worker = RetrainingWorker.start(cluster, settings, listener, died::set)) {
            assertThat(worker).isNotNull();
            while (true) {
                assertThat(died.get()).isNull();
                var retraining =
                        TopicTable.read(cluster, TopicCatalogue.RETRAININGS)
                                .get(intervention + "|control|0");
                if (retraining.getState() == RetrainingState.DONE
                        || retraining.getState() == RetrainingState.FAILED) {
                    return retraining;
                }
                Thread.sleep(200);
            }
        }
    }

    private static Process start(Cluster cluster, Path folder, Path states, long steps)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> !argument.startsWith("-javaagent"))
                        .toList());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        cluster.bootstrapServers(),
                        folder.toString(),
                        states.toString(),
                        Long.toString(steps)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("worker.log").toFile())
                .start();
    }

    private static void awaitState(Path states, String name, Process process)
            throws IOException, InterruptedException {
        while (filesBelow(states).stream().noneMatch(file -> file.endsWith(name))) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(100);
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        for (int tries = 0; ; tries++) {
            try (var files = Files.walk(folder, 3)) {
                return files.filter(file -> file.getFileName().toString().startsWith("step-"))
                        .toList();
            } catch (UncheckedIOException e) {
                // A state went while the folder was read.
                if (tries == 10) {
                    throw e;
                }
            }
        }
    }
}
