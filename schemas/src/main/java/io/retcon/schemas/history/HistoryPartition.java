package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
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
        this.keyPrefix = Keys.join(run) + "|";
        this.fromStep = fromStep;
        this.reader =
                TopicReader.fromStep(cluster, TopicCatalogue.HISTORY.name(), partition, fromStep);
    }

    /**
     * The next sequence, or empty where the partition ended when this was opened. What is no
     * sequence of the run, under the key and with the timestamp that one has, is passed over: if
     * one is missing, whoever reads says so.
     */
    public Optional<HistorySequence> next() {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var sequence = sequence(next.get());
            if (sequence.isPresent()) {
                return sequence;
            }
        }
        return Optional.empty();
    }

    private Optional<HistorySequence> sequence(ConsumerRecord<String, byte[]> record) {
        if (record.timestamp() < fromStep
                || record.key() == null
                || record.value() == null
                || !record.key().startsWith(keyPrefix)) {
            return Optional.empty();
        }
        try {
            var found = values.deserialize(TopicCatalogue.HISTORY.name(), record.value());
            var key = Keys.sequence(found.getRun(), found.getStep(), found.getSequence());
            return Optional.of(found)
                    .filter(one -> key.equals(record.key()))
                    .filter(one -> one.getStep() == record.timestamp());
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
