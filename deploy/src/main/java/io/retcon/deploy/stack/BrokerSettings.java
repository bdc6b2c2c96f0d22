package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of one broker of a cluster on this machine, each its own controller. From three
 * brokers on, records have three replicas, of which two must have one before it counts.
 */
record BrokerSettings(Path logs, BrokerNode self, List<BrokerNode> nodes) {
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";
    private static final int MOST_REPLICAS = 3;

    BrokerSettings {
        requireNonNull(logs, "logs is null");
        nodes = List.copyOf(nodes);
        if (!nodes.contains(self)) {
            throw new IllegalArgumentException("%s is none of %s".formatted(self, nodes));
        }
    }

    Properties toProperties() {
        var settings = new Properties();
        identity(settings);
        replication(settings);
        smallness(settings);
        promptness(settings);
        keeping(settings);
        return settings;
    }

    private void identity(Properties settings) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(self.id()));
        settings.put(
                "listeners",
                "%s://%s,%s://%s:%d"
                        .formatted(
                                CLIENTS,
                                self.address(),
                                CONTROLLER,
                                BrokerNode.HOST,
                                self.controllerPort()));
        settings.put("advertised.listeners", "%s://%s".formatted(CLIENTS, self.address()));
        settings.put(
                "listener.security.protocol.map",
                CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put(
                "controller.quorum.voters",
                nodes.stream().map(BrokerNode::voter).collect(Collectors.joining(",")));
        settings.put("log.dirs", logs.toString());
    }

    private void replication(Properties settings) {
        var replicas = String.valueOf(Math.min(MOST_REPLICAS, nodes.size()));
        var inSync = String.valueOf(Math.max(1, Math.min(MOST_REPLICAS, nodes.size()) - 1));
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
    }

    private static void smallness(Properties settings) {
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    }

    /** Without these, groups form and a data folder reopens after ten seconds instead of one. */
    private static void promptness(Properties settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("controlled.shutdown.enable", "true");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    /** A stack may rest for months: nothing it holds runs out by the clock. */
    private static void keeping(Properties settings) {
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.retention.ms", "-1");
        settings.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
        settings.put("message.max.bytes", "16777216");
        settings.put("replica.fetch.max.bytes", "16777216");
    }
}
