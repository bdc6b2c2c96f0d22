package io.retcon.streams.walking;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.HistoryPartition;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.topic.Cluster;

import java.util.Optional;

/**
 * History read from its topic by a consumer of its own: history never changes, so reading it again
 * after a crash gives the same, and no store has to keep a copy.
 */
public record KafkaHistory(Cluster cluster) implements HistorySource {
    public KafkaHistory {
        requireNonNull(cluster, "cluster is null");
    }

    @Override
    public HistoryCursor open(String run, int partition, long step) {
        return new PartitionCursor(new HistoryPartition(cluster, run, partition, step));
    }

    private record PartitionCursor(HistoryPartition partition) implements HistoryCursor {
        @Override
        public Optional<HistorySequence> next() {
            return partition.next();
        }

        @Override
        public void close() {
            partition.close();
        }
    }
}
