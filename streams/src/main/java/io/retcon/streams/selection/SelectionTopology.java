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
import io.retcon.streams.state.Arrivals;
import io.retcon.streams.state.Results;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Specs, checkpoints and the original run's scores in; validated specs with their items out, and an
 * intervention for each new checkpoint that a standing spec waits for.
 */
public final class SelectionTopology {
    static final String WAITING = "waiting"; // intervention -> spec that waits for scores
    static final String SETTLED = "settled"; // intervention -> selected or refused
    static final String CHECKPOINTS = "checkpoints"; // run, step -> checkpoint
    static final String OUTCOMES =
            "outcomes"; // run, benchmark, item, step -> metrics it was right by
    static final String COUNTS = "counts"; // run, benchmark, step -> items scored

    static final String TEMPLATES = "templates"; // intervention -> spec that stands
    static final String FIRED = "fired"; // intervention that stands -> how far it is

    private final Schemas schemas;

    public SelectionTopology(Schemas schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        var arrivals = new Arrivals(builder, schemas);
        builder.addStateStore(store(WAITING, Serdes.String(), serde(INTERVENTIONS)));
        builder.addStateStore(store(SETTLED, Serdes.String(), Serdes.String()));
        builder.addStateStore(
                store(CHECKPOINTS, Serdes.String(), serde(TopicCatalogue.CHECKPOINTS)));
        builder.addStateStore(store(OUTCOMES, Serdes.Bytes(), Serdes.String()));
        // Rises with every score; cached, it is written once a commit.
        builder.addStateStore(counts());

        builder.addStateStore(store(TEMPLATES, Serdes.String(), serde(INTERVENTIONS)));
        builder.addStateStore(store(FIRED, Serdes.String(), Fired.serde()));

        var arriving =
                arrivals.of(TopicCatalogue.CHECKPOINTS)
                        .merge(arrivals.of(SCORES))
                        .merge(arrivals.of(INTERVENTIONS));
        var selected =
                arriving.process(
                        Selector::new,
                        Named.as("selector"),
                        WAITING,
                        SETTLED,
                        CHECKPOINTS,
                        OUTCOMES,
                        COUNTS);
        var set =
                arriving.process(
                        Standing::new, Named.as("standing"), TEMPLATES, CHECKPOINTS, FIRED);
        var sent = new Results(selected.merge(set), schemas);
        sent.to(SELECTIONS);
        sent.to(INTERVENTIONS);
        sent.to(PROGRESS);
        sent.to(REJECTS);
        return builder.build();
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
