package io.retcon.deploy.stack;

import static java.lang.System.Logger.Level.INFO;

import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/**
 * Kafka's controller and broker in one process, put together as {@link KafkaRaftServer} does, but
 * for the broker's {@link PatientMetadataCache}.
 */
final class CombinedServer {
    private static final System.Logger LOG = System.getLogger(CombinedServer.class.getName());

    private final ControllerServer controller;
    private final BrokerServer broker;

    CombinedServer(KafkaConfig config) {
        var logger = LoggerFactory.getLogger(CombinedServer.class);
        var folders = KafkaRaftServer.initializeLogDirs(config, logger, "");
        var cluster = folders._1().clusterId().orElseThrow();
        var quorum = config.quorumConfig();
        var shared =
                new SharedServer(
                        config,
                        folders._1(),
                        Time.SYSTEM,
                        Server.initializeMetrics(config, Time.SYSTEM, cluster),
                        CompletableFuture.completedFuture(
                                QuorumConfig.parseVoterConnections(quorum.voters())),
                        QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                        new StandardFaultHandlerFactory(),
                        ServerSocketFactory.INSTANCE);
        broker = new PatientBroker(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
    }

    /** The broker asks the controller for its place in the cluster. */
    void startup() {
        controller.startup();
        broker.startup();
        LOG.log(INFO, "broker {0} is started", String.valueOf(broker.config().nodeId()));
    }

    KRaftMetadataCache metadata() {
        return broker.metadataCache();
    }

    /** The controller is the last to go: a broker's leave is a record of it. */
    void shutdown() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    private static final class PatientBroker extends BrokerServer {
        private PatientBroker(SharedServer shared) {
            super(shared);
        }

        /** Called once, by Kafka's own start, before anything reads the cache. */
        @Override
        public void metadataCache_$eq(KRaftMetadataCache ignored) {
            super.metadataCache_$eq(
                    new PatientMetadataCache(
                            config().nodeId(), () -> raftManager().client().kraftVersion()));
        }
    }
}
