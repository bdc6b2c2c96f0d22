package io.retcon.retrainer;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCreation;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A Kafka broker in the test's own process, with the contract's topics. */
public final class TestingBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final Cluster cluster;

    public TestingBroker(Path folder, int partitions) throws Exception {
        int port = freePort();
        int controller = freePort();
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(folder, port, controller), false), Time.SYSTEM);
        server.startup();
        cluster = new Cluster("127.0.0.1:" + port);
        try (var admin = cluster.admin()) {
            new TopicCreation(partitions, (short) 1).createMissing(admin);
        }
    }

    private static Properties settings(Path folder, int port, int controller) {
        var settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles", "broker,controller",
                        "node.id", "1",
                        "listeners",
                                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(port, controller),
                        "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                        "controller.listener.names", "CONTROLLER",
                        "controller.quorum.voters", "1@127.0.0.1:" + controller,
                        "log.dirs", folder.toString(),
                        "offsets.topic.replication.factor", "1",
                        "offsets.topic.num.partitions", "1"));
        settings.putAll(
                Map.of(
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1",
                        "transaction.state.log.num.partitions", "1",
                        "share.coordinator.state.topic.replication.factor", "1",
                        "share.coordinator.state.topic.min.isr", "1",
                        "group.initial.rebalance.delay.ms", "0",
                        "log.cleaner.dedupe.buffer.size", "4194304",
                        "message.max.bytes", "16777216"));
        return settings;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
