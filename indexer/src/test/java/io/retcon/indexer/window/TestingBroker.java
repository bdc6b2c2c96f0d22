package io.retcon.indexer.window;

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
import java.util.Properties;

/** A real broker in this process, with the contract's topics. */
final class TestingBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private TestingBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    static TestingBroker start(Path logs, int dataPartitions) throws Exception {
        int clients = freePort();
        int controller = freePort();
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(logs.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setIgnoreFormatted(true)
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        var server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(logs, clients, controller), false), Time.SYSTEM);
        server.startup();
        var broker = new TestingBroker(server, HOST + ":" + clients);
        try (var admin = broker.cluster().admin()) {
            new TopicCreation(dataPartitions, (short) 1).createMissing(admin);
        }
        return broker;
    }

    Cluster cluster() {
        return new Cluster(bootstrapServers);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    private static Properties settings(Path logs, int clients, int controller) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, clients, HOST, controller));
        settings.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, clients));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@%s:%d".formatted(HOST, controller));
        settings.put("log.dirs", logs.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", "16777216");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        return settings;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
