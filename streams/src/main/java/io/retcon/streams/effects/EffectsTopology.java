package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;
import io.retcon.streams.state.Arrivals;
import io.retcon.streams.state.Results;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Selections, finished retrainings, their scores and matchings' ends in; an intervention's effects
 * out.
 */
public final class EffectsTopology {
    static final String SELECTED = "selected"; // intervention -> selection
    static final String EXPECTED = "expected"; // intervention, benchmark -> items to be scored
    static final String FINISHED = "finished"; // retraining -> how it ended
    static final String OUTCOMES = "outcomes"; // retraining, step, benchmark, item -> outcome
    static final String COUNTS = "counts"; // retraining, step, benchmark -> items scored
    static final String COMPLETE = "complete"; // intervention whose effects wait -> since when
    static final String MATCHED = "matched"; // intervention -> closing match, names matched items
    static final String PUBLISHED = "published"; // intervention -> effects

    private final Schemas schemas;

    public EffectsTopology(Schemas schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        builder.addStateStore(store(SELECTED, Serdes.String(), serde(SELECTIONS)));
        builder.addStateStore(store(EXPECTED, Serdes.Bytes(), Serdes.Long()));
        builder.addStateStore(store(FINISHED, Serdes.String(), serde(RETRAININGS)));
        builder.addStateStore(store(OUTCOMES, Serdes.Bytes(), ItemOutcome.serde()));
        builder.addStateStore(store(COUNTS, Serdes.Bytes(), Serdes.Long()));
        builder.addStateStore(store(COMPLETE, Serdes.String(), Serdes.Long()));
        builder.addStateStore(store(MATCHED, Serdes.String(), serde(MATCHES)));
        builder.addStateStore(store(PUBLISHED, Serdes.String(), serde(EFFECTS)));

        var arrivals = new Arrivals(builder, schemas);
        var finished =
                arrivals.only(RETRAININGS)
                        .filter(
                                (key, retraining) -> finished(retraining),
                                Named.as("only-finished"))
                        .repartition(toOne());
        var closings =
                arrivals.only(MATCHES)
                        .filter(
                                (key, match) -> match.getClosing().isPresent(),
                                Named.as("only-closings"));
        var results =
                arrivals(arrivals.only(SELECTIONS), "selection-arrivals")
                        .merge(arrivals(arrivals.only(SCORES), "score-arrivals"))
                        .merge(arrivals(finished, "retraining-arrivals"))
                        .merge(arrivals(closings, "closing-arrivals"))
                        .process(
                                EffectProcessor::new,
                                Named.as("estimate"),
                                SELECTED,
                                EXPECTED,
                                FINISHED,
                                OUTCOMES,
                                COUNTS,
                                COMPLETE,
                                MATCHED,
                                PUBLISHED);
        var sent = new Results(results, schemas);
        sent.to(EFFECTS);
        sent.to(PROGRESS);
        sent.to(REJECTS);
        return builder.build();
    }

    private static boolean finished(Retraining retraining) {
        return retraining != null
                && (retraining.getState() == RetrainingState.DONE
                        || retraining.getState() == RetrainingState.FAILED);
    }

    private Repartitioned<String, Retraining> toOne() {
        return Repartitioned.<String, Retraining>as("finished-retrainings")
                .withKeySerde(Serdes.String())
                .withValueSerde(serde(RETRAININGS))
                .withNumberOfPartitions(1);
    }

    private static KStream<String, SpecificRecord> arrivals(
            KStream<String, ? extends SpecificRecord> stream, String name) {
        return stream.mapValues(value -> value, Named.as(name));
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    private <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }
}
