package io.retcon.streams.selection;

import static io.retcon.schemas.topic.TopicCatalogue.INTERVENTIONS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.Results;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Specs, checkpoints and the original run's scores in; validated specs with their items out. */
public final class SelectionTopology {
    static final String WAITING = "waiting"; // intervention -> spec that waits for scores
    static final String SETTLED = "settled"; // intervention -> selected or refused
    static final String CHECKPOINTS = "checkpoints"; // run, step -> checkpoint
    static final String OUTCOMES =
            "outcomes"; // run, benchmark, item, step -> metrics it was right by
    static final String COUNTS = "counts"; // run, benchmark, step -> items scored

    private final Schemas schemas;

    public SelectionTopology(Schemas schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        builder.addStateStore(store(WAITING, Serdes.String(), serde(INTERVENTIONS)));
        builder.addStateStore(store(SETTLED, Serdes.String(), Serdes.String()));
        builder.addStateStore(
                store(CHECKPOINTS, Serdes.String(), serde(TopicCatalogue.CHECKPOINTS)));
        builder.addStateStore(store(OUTCOMES, Serdes.Bytes(), Serdes.String()));
        // Rises with every score; cached, it is written once a commit.
        builder.addStateStore(counts());

        var results =
                arrivals(builder, TopicCatalogue.CHECKPOINTS)
                        .merge(arrivals(builder, SCORES))
                        .merge(arrivals(builder, INTERVENTIONS))
                        .process(
                                Selector::new,
                                Named.as("selector"),
                                WAITING,
                                SETTLED,
                                CHECKPOINTS,
                                OUTCOMES,
                                COUNTS);
        var sent = new Results(results, schemas);
        sent.to(SELECTIONS);
        sent.to(PROGRESS);
        sent.to(REJECTS);
        return builder.build();
    }

    private <V extends SpecificRecord> KStream<String, SpecificRecord> arrivals(
            StreamsBuilder builder, Topic<V> topic) {
        return builder.stream(
                        topic.name(),
                        Consumed.with(Serdes.String(), serde(topic)).withName(topic.name()))
                .mapValues(value -> value, Named.as(topic.name() + "-arrivals"));
    }

    private static StoreBuilder<?> counts() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(COUNTS), Serdes.Bytes(), Serdes.Long())
                .withCachingEnabled();
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    private <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }
}
