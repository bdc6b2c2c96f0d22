package io.retcon.schemas.topic;

import static java.util.Objects.requireNonNull;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Records that become visible together, before {@link #commit} returns, or not at all; every send's
 * callback is checked. Commit begins the next transaction. Not thread-safe.
 */
public final class Transaction implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Producer<String, byte[]> producer;
    private final Map<String, Serializer<?>> serializers = new HashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<TopicPartition, Long> written = new ConcurrentHashMap<>();
    private final Consumer<String, byte[]> reader;
    private boolean open;

    public Transaction(Cluster cluster, String transactionalId) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.reader = cluster.consumer();
        this.producer = cluster.transactionalProducer(transactionalId);
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            closeClients();
            throw e;
        }
    }

    /** To the topic's only partition, or where the key's hash says. */
    public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        send(new ProducerRecord<>(topic.name(), key, serialize(topic, value)));
    }

    /** To the partition named, with the history step as the record's timestamp. */
    public <V extends SpecificRecord> void send(
            Topic<V> topic, int partition, long step, String key, V value) {
        send(new ProducerRecord<>(topic.name(), partition, step, key, serialize(topic, value)));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        producer.send(
                record,
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    } else {
                        written.merge(
                                new TopicPartition(metadata.topic(), metadata.partition()),
                                metadata.offset(),
                                Math::max);
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private <V extends SpecificRecord> byte[] serialize(Topic<V> topic, V value) {
        var serializer =
                (Serializer<V>)
                        serializers.computeIfAbsent(
                                topic.name(), name -> cluster.serde(topic).serializer());
        return serializer.serialize(topic.name(), value);
    }

    public void commit() {
        if (!open) {
            return;
        }
        producer.flush();
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException(
                    "a record did not reach Kafka: " + failed.getMessage(), failed);
        }
        producer.commitTransaction();
        open = false;
        awaitVisible();
    }

    /**
     * The coordinator answers before the partitions have their commit markers; whoever reads a
     * topic to its end right now would miss the transaction.
     */
    private void awaitVisible() {
        var partitions = Set.copyOf(written.keySet());
        while (!reader.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> end.getValue() > written.get(end.getKey()))) {
            Thread.onSpinWait();
        }
        written.clear();
    }

    /** Takes back what was not committed, or leaves that to the broker where it is away. */
    @Override
    public void close() {
        try {
            if (open && failure.get() == null) {
                producer.abortTransaction();
            }
        } finally {
            closeClients();
        }
    }

    private void closeClients() {
        producer.close(PATIENCE);
        reader.close(CloseOptions.timeout(PATIENCE));
    }
}
