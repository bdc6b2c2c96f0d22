package io.retcon.streams.answering;

import static io.retcon.schemas.topic.TopicCatalogue.ANSWERS;
import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REQUESTS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;
import io.retcon.streams.planning.Tokenizers;
import io.retcon.streams.state.Arrivals;
import io.retcon.streams.state.Routed;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Requests and a program's answers in; out, plans with the answers' tokens. */
public final class AnsweringTopology {
    static final String OPEN = "open"; // key -> request that waits, and until when
    static final String EARLY = "early"; // key -> answer that came before its request
    static final String SETTLED = "settled"; // key -> that its plan was sent
    static final String ASKED = "asked"; // intervention -> what became of its requests

    private final Schemas schemas;
    private final Tokenizers tokenizers;
    private final int partitions;

    /**
     * @param partitions partitions of retcon.plans
     */
    public AnsweringTopology(Schemas schemas, Tokenizers tokenizers, int partitions) {
        this.partitions = partitions;
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.tokenizers = requireNonNull(tokenizers, "tokenizers is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        var arrivals = new Arrivals(builder, schemas);
        builder.addStateStore(store(OPEN, OpenRequest.serde(serde(REQUESTS))));
        builder.addStateStore(store(EARLY, serde(ANSWERS)));
        builder.addStateStore(store(SETTLED, Serdes.Long()));
        builder.addStateStore(store(ASKED, Asked.serde()));

        var settled =
                arrivals.of(REQUESTS)
                        .merge(arrivals.of(ANSWERS))
                        .process(
                                () -> new AnswerDesk(tokenizers, partitions),
                                Named.as("answer-desk"),
                                OPEN,
                                EARLY,
                                SETTLED,
                                ASKED);
        Routed.only(settled, Plan.class, "answered-plans")
                .to(PLANS.name(), Routed.produced(serde(PLANS), "plans"));
        Routed.only(settled, Progress.class, "asked-progress")
                .to(PROGRESS.name(), Routed.produced(serde(PROGRESS), "progress"));
        return builder.build();
    }

    private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }

    private <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }
}
