package io.retcon.schemas.topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed records of one partition, in order, up to where it ended when the reader was
 * opened. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private Iterator<ConsumerRecord<String, byte[]>> batch = Collections.emptyIterator();

    private TopicReader(Consumer<String, byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
        consumer.assign(List.of(partition));
        this.end = consumer.endOffsets(List.of(partition)).get(partition);
    }

    public static TopicReader wholePartition(Cluster cluster, String topic, int partition) {
        var reader = open(cluster, topic, partition);
        reader.consumer.seekToBeginning(List.of(reader.partition));
        return reader;
    }

    /** From the first record whose timestamp, the history step, is {@code step} or later. */
    public static TopicReader fromStep(Cluster cluster, String topic, int partition, long step) {
        var reader = open(cluster, topic, partition);
        var found = reader.consumer.offsetsForTimes(Map.of(reader.partition, step));
        var first = found.get(reader.partition);
        reader.consumer.seek(reader.partition, first == null ? reader.end : first.offset());
        return reader;
    }

    private static TopicReader open(Cluster cluster, String topic, int partition) {
        var consumer = cluster.consumer();
        try {
            return new TopicReader(consumer, new TopicPartition(topic, partition));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The next record, or empty at the end. */
    public Optional<ConsumerRecord<String, byte[]>> next() {
        while (!batch.hasNext()) {
            if (consumer.position(partition) >= end) {
                return Optional.empty();
            }
            batch = consumer.poll(POLL).records(partition).iterator();
        }
        return Optional.of(batch.next());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
