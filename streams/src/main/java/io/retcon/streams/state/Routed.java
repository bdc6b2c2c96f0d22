package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A record on its way to a topic, and the partition it belongs in. */
public record Routed<V extends SpecificRecord>(int partition, V value) {
    public Routed {
        requireNonNull(value, "value is null");
    }

    /** How such records are written: the value alone, into the partition that they name. */
    public static <V extends SpecificRecord> Produced<String, Routed<V>> produced(
            Serde<V> values, String name) {
        StreamPartitioner<String, Routed<V>> partitioner =
                (topic, key, routed, partitions) -> Optional.of(Set.of(routed.partition));
        return Produced.with(Serdes.String(), onlyWritten(values), partitioner).withName(name);
    }

    /** Those of {@code stream} whose value is a {@code type}. */
    public static <V extends SpecificRecord> KStream<String, Routed<V>> only(
            KStream<String, Routed<?>> stream, Class<V> type, String name) {
        return stream.flatMapValues(
                routed ->
                        type.isInstance(routed.value)
                                ? List.of(new Routed<>(routed.partition, type.cast(routed.value)))
                                : List.of(),
                Named.as(name));
    }

    private static <V extends SpecificRecord> Serde<Routed<V>> onlyWritten(Serde<V> values) {
        return Serdes.serdeFrom(
                (topic, routed) -> values.serializer().serialize(topic, routed.value),
                (topic, bytes) -> {
                    throw new UnsupportedOperationException("routed records are only written");
                });
    }
}
