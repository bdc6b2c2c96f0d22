package io.retcon.deploy.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.RetconProcess;
import io.retcon.deploy.stack.Stack;
import io.retcon.deploy.stack.TestingBroker;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Components whose broker is away for longer than any client's patience: they wait and go on, and
 * SIGTERM ends them meanwhile as soon as ever.
 */
class BrokerAwayForLongIT {
    /** Longer than the 60 seconds for which clients wait for an answer. */
    private static final Duration AWAY = Duration.ofSeconds(150);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir private Path folder;
    private final List<RetconProcess> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var process : processes) {
            process.close();
        }
    }

    @Test
    void componentsWaitAndGoOn() throws Exception {
        int port = freePort();
        var cluster = new Cluster("127.0.0.1:" + port);
        try (var first = TestingBroker.start(folder.resolve("broker"), port)) {
            // Given
            Stack.createTopics(cluster, 1);
            var verbs = List.of("streams", "indexer", "retrainer");
            var all = new ArrayList<RetconProcess>();
            for (var verb : verbs) {
                all.add(start(verb, verb, cluster));
            }
            var leaving = start("retrainer", "leaving", cluster).process();
            long before = rejects(cluster);
            // When
            first.kill();
            Thread.sleep(AWAY);
            // Then
            all.forEach(RetconProcess::assertLives);
            leaving.destroy();
            assertThat(leaving.waitFor(8, TimeUnit.SECONDS)).as("SIGTERM ends it").isTrue();
            assertThat(leaving.exitValue()).isZero();
            // When
            try (var second = TestingBroker.start(folder.resolve("broker"), port)) {
                publishRubbish(cluster);
                // Then
                Awaitility.await().atMost(PATIENCE).until(() -> rejects(cluster) > before);
                all.forEach(RetconProcess::assertLives);
                for (var each : all) {
                    var process = each.process();
                    process.destroy();
                    assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
                    assertThat(process.exitValue()).isZero();
                }
            }
        }
    }

    private static void publishRubbish(Cluster cluster) throws Exception {
        try (var producer = cluster.producer()) {
            producer.send(
                            new ProducerRecord<>(
                                    TopicCatalogue.INTERVENTIONS.name(), "x", new byte[] {1}))
                    .get();
        }
    }

    private static long rejects(Cluster cluster) {
        var partition = new TopicPartition(TopicCatalogue.REJECTS.name(), 0);
        try (var consumer = cluster.consumer()) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private RetconProcess start(String verb, String name, Cluster cluster) throws IOException {
        var process =
                RetconProcess.start(
                        folder.resolve(name),
                        List.of(
                                verb,
                                "--bootstrap-servers=" + cluster.bootstrapServers(),
                                "--data=" + folder.resolve("data-" + name)));
        processes.add(process);
        process.awaitReady();
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
