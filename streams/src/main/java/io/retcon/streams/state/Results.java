package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

import java.util.List;

/** What one processor sends on, records of several kinds, each kind bound for its own topic. */
public record Results(KStream<String, SpecificRecord> stream, Schemas schemas) {
    public Results {
        requireNonNull(stream, "stream is null");
        requireNonNull(schemas, "schemas is null");
    }

    /** Writes those that are the topic's values, and no others, to the topic. */
    public <V extends SpecificRecord> void to(Topic<V> topic) {
        stream.flatMapValues(
                        value ->
                                topic.type().isInstance(value)
                                        ? List.of(topic.type().cast(value))
                                        : List.<V>of(),
                        Named.as("only-" + topic.name()))
                .to(
                        topic.name(),
                        Produced.with(Serdes.String(), new RecordSerde<>(topic, schemas))
                                .withName("to-" + topic.name()));
    }
}
