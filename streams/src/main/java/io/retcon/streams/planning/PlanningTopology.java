package io.retcon.streams.planning;

import static io.retcon.schemas.topic.TopicCatalogue.ITEMS;
import static io.retcon.schemas.topic.TopicCatalogue.MANIFESTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.REQUESTS;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.streams.state.Arrivals;
import io.retcon.streams.state.PackedStore;
import io.retcon.streams.state.Routed;
import io.retcon.streams.state.Tally;
import io.retcon.streams.walking.HistorySource;
import io.retcon.streams.walking.HistoryWalks;
import io.retcon.streams.walking.Pace;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Optional;
import java.util.Set;

/**
 * Selections and matches in; out, at the partition of the target, what happens to each document
 * with the tokens that come there, and for every arm and partition how many plans lie there.
 */
public final class PlanningTopology {
    static final String SELECTED =
            "selected"; // intervention -> selection that waits for its matches
    static final String RUNS = "runs"; // run -> manifest
    static final String QUESTIONS = "questions"; // benchmark, item -> item
    static final String WAITING = "waiting"; // intervention, role, place -> match
    static final String ARRIVED = "arrived"; // intervention -> how many matches have come

    private final Schemas schemas;
    private final HistorySource history;
    private final Tokenizers tokenizers;
    private final int partitions;
    private final Pace pace;

    /**
     * @param history where documents' tokens are read
     * @param partitions partitions of retcon.history and retcon.plans
     */
    public PlanningTopology(
            Schemas schemas, HistorySource history, Tokenizers tokenizers, int partitions) {
        this(schemas, history, tokenizers, partitions, Pace.STEADY);
    }

    PlanningTopology(
            Schemas schemas,
            HistorySource history,
            Tokenizers tokenizers,
            int partitions,
            Pace pace) {
        this.tokenizers = requireNonNull(tokenizers, "tokenizers is null");
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.history = requireNonNull(history, "history is null");
        this.partitions = partitions;
        this.pace = requireNonNull(pace, "pace is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        var arrivals = new Arrivals(builder, schemas);
        builder.addStateStore(
                store(SELECTED, Serdes.String(), WaitingSelection.serde(serde(SELECTIONS))));
        builder.addStateStore(store(RUNS, Serdes.String(), serde(MANIFESTS)));
        builder.addStateStore(store(QUESTIONS, Serdes.String(), serde(ITEMS)));
        builder.addStateStore(PackedStore.named(WAITING));
        builder.addStateStore(store(ARRIVED, Serdes.String(), Tally.serde()).withCachingEnabled());

        var planned =
                arrivals.of(MANIFESTS)
                        .merge(arrivals.of(SELECTIONS))
                        .merge(arrivals.of(ITEMS))
                        .merge(arrivals.of(MATCHES))
                        .process(
                                () -> new Planner(tokenizers, serde(MATCHES), partitions),
                                Named.as("planner"),
                                SELECTED,
                                RUNS,
                                QUESTIONS,
                                WAITING,
                                ARRIVED);

        var filled =
                planned.flatMap((id, outcome) -> outcome.changes(), Named.as("changes"))
                        .repartition(bySource())
                        .process(
                                new HistoryWalks<>(
                                        "tokens",
                                        PlannedChange.serde(serde(PLANS)),
                                        new TokenFetch(tokenizers),
                                        history,
                                        pace),
                                Named.as("fetch-tokens"));
        Routed.only(filled, Plan.class, "filled-plans")
                .to(PLANS.name(), Routed.produced(serde(PLANS), "plans"));
        Routed.only(filled, Request.class, "asked")
                .to(REQUESTS.name(), Routed.produced(serde(REQUESTS), "requests"));
        Routed.only(filled, Progress.class, "fetch-failed")
                .to(PROGRESS.name(), Routed.produced(serde(PROGRESS), "fetch-progress"));
        Routed.only(filled, Reject.class, "fetch-refused")
                .to(REJECTS.name(), Routed.produced(serde(REJECTS), "fetch-rejects"));
        planned.flatMap((id, outcome) -> outcome.closings(), Named.as("closings"))
                .to(PLANS.name(), Routed.produced(serde(PLANS), "plan-closings"));

        planned.mapValues(PlanningOutcome::progress, Named.as("planned"))
                .selectKey((id, progress) -> Keys.progress(progress), Named.as("by-stage"))
                .to(PROGRESS.name(), produced(PROGRESS, "progress"));
        planned.flatMapValues(PlanningOutcome::rejects, Named.as("refused"))
                .to(REJECTS.name(), produced(REJECTS, "rejects"));
        return builder.build();
    }

    private Repartitioned<String, PlannedChange> bySource() {
        return Repartitioned.<String, PlannedChange>as("planned-changes")
                .withKeySerde(Serdes.String())
                .withValueSerde(PlannedChange.serde(serde(PLANS)))
                .withNumberOfPartitions(partitions)
                .withStreamPartitioner(
                        (topic, key, change, count) ->
                                Optional.of(Set.of(change.sourcePartition())));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
            String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    private <V extends SpecificRecord> Produced<String, V> produced(Topic<V> topic, String name) {
        return Produced.with(Serdes.String(), serde(topic)).withName(name);
    }

    private <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }
}
