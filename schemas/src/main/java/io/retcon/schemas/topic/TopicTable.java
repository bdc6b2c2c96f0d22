package io.retcon.schemas.topic;

import io.retcon.schemas.RefusedInput;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** A topic read whole: key to latest value, in the order in which the keys first appeared. */
public final class TopicTable {
    private TopicTable() {}

    /** Reads every partition, one after the other. */
    public static <V extends SpecificRecord> SequencedMap<String, V> read(
            Cluster cluster, Topic<V> topic) {
        var table = new LinkedHashMap<String, V>();
        scan(
                cluster,
                topic,
                (key, value) -> {
                    if (value == null) {
                        table.remove(key);
                    } else {
                        table.put(key, value);
                    }
                });
        return Collections.unmodifiableSequencedMap(table);
    }

    /**
     * Gives every record to {@code sink}, null for a deletion, one partition after the other; what
     * is not of the topic's schema, lies under another's key, or deletes something where nothing is
     * deleted, is left out: the stage that owns the topic reports it in retcon.rejects.
     */
    public static <V extends SpecificRecord> void scan(
            Cluster cluster, Topic<V> topic, BiConsumer<String, V> sink) {
        var values = cluster.serde(topic).deserializer();
        for (int partition = 0; partition < partitions(cluster, topic); partition++) {
            try (var reader = TopicReader.wholePartition(cluster, topic.name(), partition)) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    var record = next.get();
                    V value;
                    try {
                        value = values.deserialize(topic.name(), record.value());
                        Keys.check(record.key(), value);
                    } catch (SerializationException | RefusedInput foreign) {
                        continue;
                    }
                    if (value != null || topic.cleanUp() == Topic.CleanUp.COMPACT) {
                        sink.accept(record.key(), value);
                    }
                }
            }
        }
    }

    /** How many partitions the topic has in the cluster. */
    public static int partitions(Cluster cluster, Topic<?> topic) {
        if (topic.partitions() == Topic.Partitions.ONE) {
            return 1;
        }
        try (var consumer = cluster.consumer()) {
            return consumer.partitionsFor(topic.name()).size();
        }
    }
}
