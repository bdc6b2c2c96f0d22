package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import kafka.server.KafkaConfig;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * A Kafka broker inside this process, its own controller, that listens on 127.0.0.1 alone and keeps
 * its records in a {@link DataFolder}. Started again on the same folder, after a clean end or none,
 * it has every record it acknowledged that the operating system still had.
 */
public final class EmbeddedBroker implements AutoCloseable {
    public static final int DEFAULT_PORT = 9192;

    private static final int ONLY = 1;
    private static final String METADATA = "__cluster_metadata-0";

    private final CombinedServer server;
    private final BrokerNode node;

    private EmbeddedBroker(CombinedServer server, BrokerNode node) {
        this.server = server;
        this.node = node;
    }

    /**
     * A broker that is its whole cluster; returns when it answers.
     *
     * @param port 1 to 65535, or 0 for any that is free
     * @throws RefusedInput if the port is in use or records are damaged
     * @throws DiskFull if the disk's reserve is used up
     */
    public static EmbeddedBroker start(DataFolder data, int port) {
        int clients = port == 0 ? BrokerNode.freePort() : checkedPort(port);
        var node = new BrokerNode(ONLY, clients, BrokerNode.freePort());
        return start(data, node, List.of(node), Uuid.randomUuid().toString());
    }

    /**
     * One broker of a cluster; returns when it answers, for which most of the others must run.
     *
     * @param nodes the whole cluster, always the same
     * @param cluster the cluster's id, for a new folder; one in use has its own
     */
    static EmbeddedBroker start(
            DataFolder data, BrokerNode self, List<BrokerNode> nodes, String cluster) {
        requireNonNull(data, "data is null");
        var settings = new BrokerSettings(data.broker(), self, nodes);
        new DiskReserve(data.path()).check();
        format(data.broker(), self, cluster);
        new SegmentCheck(data.broker()).run();
        ElectionNote.in(data.broker().resolve(METADATA), nodes).mend();
        BrokerEnd.saysWhy(data.broker());
        var server = server(data, settings);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IllegalStateException(
                    "the broker can't start on %s: %s".formatted(data.broker(), e.getMessage()), e);
        }
        return new EmbeddedBroker(server, self);
    }

    /** It reads the folder's small files, which Kafka believes to be whole. */
    private static CombinedServer server(DataFolder data, BrokerSettings settings) {
        try {
            return new CombinedServer(new KafkaConfig(settings.toProperties(), false));
        } catch (RuntimeException e) {
            throw new RefusedInput(
                    "the broker can't begin on %s (%s): restore what is damaged there from a copy, or name an empty folder with --data"
                            .formatted(data.broker(), e.getMessage()),
                    e);
        }
    }

    public String bootstrapServers() {
        return node.address();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private static int checkedPort(int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(BrokerNode.HOST, port));
            return port;
        } catch (IOException e) {
            throw new RefusedInput(
                    "port %d on %s is in use: stop what listens there, or choose another with --port"
                            .formatted(port, BrokerNode.HOST),
                    e);
        }
    }

    /**
     * Prepares a new folder; one that is formatted already keeps its cluster's id.
     *
     * @throws RefusedInput if the folder holds records but not what says whose they are
     */
    private static void format(Path logs, BrokerNode self, String cluster) {
        try {
            Files.createDirectories(logs);
            var identity = logs.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
            if (Files.exists(identity) || Files.exists(logs.resolve(METADATA))) {
                checkIdentity(identity);
                return;
            }
            new Formatter()
                    .setNodeId(self.id())
                    .setClusterId(cluster)
                    .addDirectory(logs.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setIgnoreFormatted(true)
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (RefusedInput e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "%s can't be prepared for a broker: %s".formatted(logs, e.getMessage()), e);
        }
    }

    /** A new identity would orphan the records: the folder's own id is part of where they lie. */
    private static void checkIdentity(Path file) {
        try (var text = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(text);
            new MetaProperties.Builder(properties).build();
            Uuid.fromString(properties.getProperty("directory.id"));
            Uuid.fromString(properties.getProperty("cluster.id"));
        } catch (IOException | RuntimeException e) {
            throw new RefusedInput(
                    "%s is missing or damaged (%s), and without it the broker can't tell whose records lie beside it: restore the file, or name an empty folder with --data"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
