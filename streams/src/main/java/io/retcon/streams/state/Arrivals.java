package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/** Topics read so that records of several can flow into one processor. */
public record Arrivals(StreamsBuilder builder, Schemas schemas) {
    public Arrivals {
        requireNonNull(builder, "builder is null");
        requireNonNull(schemas, "schemas is null");
    }

    public <V extends SpecificRecord> KStream<String, SpecificRecord> of(Topic<V> topic) {
        return builder.stream(
                        topic.name(),
                        Consumed.with(Serdes.String(), new RecordSerde<>(topic, schemas))
                                .withName(topic.name()))
                .mapValues(value -> value, Named.as(topic.name() + "-arrivals"));
    }
}
