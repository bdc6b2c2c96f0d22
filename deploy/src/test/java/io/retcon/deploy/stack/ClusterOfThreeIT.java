package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ClusterOfThreeIT {
    @TempDir Path folder;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void recordsHaveThreeReplicasOfWhichTwoMustHaveThem() throws Exception {
        // Given
        var nodes = IntStream.rangeClosed(1, 3).mapToObj(BrokerNode::withFreePorts).toList();
        var id = Uuid.randomUuid().toString();
        for (var node : nodes) {
            start(new BrokerProcess(folder.resolve("broker-" + node.id()), node.id(), id, nodes));
        }
        for (var process : processes) {
            awaitReady(process);
        }
        var cluster =
                new Cluster(
                        nodes.stream().map(BrokerNode::address).collect(Collectors.joining(",")));
        try (var admin = cluster.admin()) {
            while (admin.describeCluster().nodes().get().size() < nodes.size()) {
                Thread.sleep(50);
            }
            // When
            Stack.createTopics(cluster, 2);
            // Then
            var topic = TopicCatalogue.REWRITES.name();
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            assertThat(described.partitions())
                    .hasSize(2)
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("min.insync.replicas").value()).isEqualTo("2");
        }
    }

    private void start(BrokerProcess broker) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerProcess.class.getName()));
        command.addAll(broker.arguments());
        processes.add(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    private static void awaitReady(Process process) throws IOException {
        var out = process.inputReader(StandardCharsets.UTF_8);
        var line = out.readLine();
        while (line != null && !line.startsWith(BrokerProcess.READY)) {
            line = out.readLine();
        }
        assertThat(line).as("the broker answers").isNotNull();
    }
}
