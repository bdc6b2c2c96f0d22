package io.retcon.schemas.topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A topic read whole: key to latest value, in the order in which the keys first appeared. */
public final class TopicTable {
    private TopicTable() {}

    /**
     * Reads every partition, one after the other; records that are not the topic's schema are left
     * out.
     */
    public static <V extends SpecificRecord> SequencedMap<String, V> read(
            Cluster cluster, Topic<V> topic) {
        var table = new LinkedHashMap<String, V>();
        var values = cluster.serde(topic).deserializer();
        for (int partition = 0; partition < partitions(cluster, topic); partition++) {
            try (var reader = TopicReader.wholePartition(cluster, topic.name(), partition)) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    var record = next.get();
                    try {
                        var value = values.deserialize(topic.name(), record.value());
                        if (value == null) {
                            table.remove(record.key());
                        } else {
                            table.put(record.key(), value);
                        }
                    } catch (SerializationException foreign) {
                        // The stage that owns the topic reports it in retcon.rejects.
                        continue;
                    }
                }
            }
        }
        return Collections.unmodifiableSequencedMap(table);
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
