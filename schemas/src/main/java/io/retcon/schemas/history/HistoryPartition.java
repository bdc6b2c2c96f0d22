package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.common.serialization.Deserializer;

import java.util.Optional;

/**
 * One run's sequences in one partition of retcon.history, in order from a step on. Not thread-safe.
 */
public final class HistoryPartition implements AutoCloseable {
    private final TopicReader reader;
    private final Deserializer<HistorySequence> values;
    private final String keyPrefix;
    private final long fromStep;

    public HistoryPartition(Cluster cluster, String run, int partition, long fromStep) {
        requireNonNull(run, "run is null");
        this.values = cluster.serde(TopicCatalogue.HISTORY).deserializer();
        this.keyPrefix = io.retcon.schemas.topic.Keys.join(run) + "|";
        this.fromStep = fromStep;
        this.reader =
                TopicReader.fromStep(cluster, TopicCatalogue.HISTORY.name(), partition, fromStep);
    }

    /** The next sequence, or empty where the partition ended when this was opened. */
    public Optional<HistorySequence> next() {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var record = next.get();
            if (record.timestamp() >= fromStep && record.key().startsWith(keyPrefix)) {
                return Optional.of(
                        values.deserialize(TopicCatalogue.HISTORY.name(), record.value()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
    }
}
