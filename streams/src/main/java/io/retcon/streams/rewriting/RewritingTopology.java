package io.retcon.streams.rewriting;

import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.REWRITES;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.streams.state.Arrivals;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.HistorySource;
import io.retcon.streams.walking.HistoryWalks;
import io.retcon.streams.walking.Pace;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Plans in, an arm's changed sequences out, in the partition of the history that they change and in
 * its order; history itself is only read.
 */
public final class RewritingTopology {
    static final String PROGRESS_PARTS =
            "progress-parts"; // intervention, arm|partition -> progress

    private final Schemas schemas;
    private final HistorySource history;
    private final Pace pace;

    /**
     * @param history where the sequences to rewrite are read
     */
    public RewritingTopology(Schemas schemas, HistorySource history) {
        this(schemas, history, Pace.STEADY);
    }

    RewritingTopology(Schemas schemas, HistorySource history, Pace pace) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.history = requireNonNull(history, "history is null");
        this.pace = requireNonNull(pace, "pace is null");
    }

    public Topology toTopology() {
        var plans = new RecordSerde<>(PLANS, schemas);
        var progress = new RecordSerde<>(PROGRESS, schemas);
        var builder = new StreamsBuilder();
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(PROGRESS_PARTS), Serdes.Bytes(), progress));

        var walked =
                new Arrivals(builder, schemas)
                        .only(PLANS)
                        .process(
                                new HistoryWalks<>(
                                        "rewriting", plans, new Rewriting(), history, pace),
                                Named.as("rewrite"));
        Routed.only(walked, Rewrite.class, "rewritten")
                .to(
                        REWRITES.name(),
                        Routed.produced(new RecordSerde<>(REWRITES, schemas), "rewrites"));
        Routed.only(walked, Reject.class, "refused")
                .to(
                        REJECTS.name(),
                        Routed.produced(new RecordSerde<>(REJECTS, schemas), "rejects"));
        Routed.only(walked, Progress.class, "progress-of-partitions")
                .mapValues(Routed::value, Named.as("parts"))
                .repartition(toOne(progress))
                .process(ProgressSum::new, Named.as("progress-sum"), PROGRESS_PARTS)
                .to(PROGRESS.name(), Produced.with(Serdes.String(), progress).withName("progress"));
        return builder.build();
    }

    private static Repartitioned<String, Progress> toOne(Serde<Progress> values) {
        return Repartitioned.<String, Progress>as("rewriting-progress")
                .withKeySerde(Serdes.String())
                .withValueSerde(values)
                .withNumberOfPartitions(1);
    }
}
