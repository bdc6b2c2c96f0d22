package io.retcon.deploy.stack;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Kafka's metadata cache, which tells a partition without a leader from one that doesn't exist.
 * Kafka 4.3 and 4.4 answer the same for both (KAFKA-20734), and the transaction coordinator, which
 * takes it for a deleted one, then ends a transaction without telling that partition: its records
 * stay open for ever. A lone broker's partitions have no leader while it closes, and whenever the
 * controller missed its heartbeats.
 */
final class PatientMetadataCache extends KRaftMetadataCache {
    PatientMetadataCache(int broker, Supplier<KRaftVersion> version) {
        super(broker, version);
    }

    /** Empty only if there is no such partition; the coordinator asks again about "no node". */
    @Override
    public Optional<Node> getPartitionLeaderEndpoint(
            String topic, int partition, ListenerName listener) {
        return super.getPartitionLeaderEndpoint(topic, partition, listener)
                .or(() -> getLeaderAndIsr(topic, partition).map(leaderless -> Node.noNode()));
    }
}
