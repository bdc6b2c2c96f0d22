package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Topics read so that records of several can flow into one processor. A record without a value
 * takes back what its key said, on a topic that is compacted; on one that keeps all records it says
 * nothing and is refused; so is a record under a key that is another's.
 */
public record Arrivals(StreamsBuilder builder, Schemas schemas) {
    public Arrivals {
        requireNonNull(builder, "builder is null");
        requireNonNull(schemas, "schemas is null");
    }

    public <V extends SpecificRecord> KStream<String, SpecificRecord> of(Topic<V> topic) {
        return only(topic).mapValues(value -> value, Named.as(topic.name() + "-arrivals"));
    }

    /** The topic's records alone. */
    public <V extends SpecificRecord> KStream<String, V> only(Topic<V> topic) {
        return builder.stream(
                        topic.name(),
                        Consumed.with(Serdes.String(), new RecordSerde<>(topic, schemas))
                                .withName(topic.name()))
                .mapValues(
                        (key, value) -> said(topic, key, value), Named.as(topic.name() + "-said"));
    }

    private static <V extends SpecificRecord> V said(Topic<V> topic, String key, V value) {
        if (value == null && (topic.cleanUp() == Topic.CleanUp.KEEP || key == null)) {
            throw new RefusedInput(
                    "a record without a value takes nothing back on %s: publish one with a value"
                            .formatted(topic.name()));
        }
        Keys.check(key, value);
        return value;
    }
}
