package io.retcon.streams.scheduling;

import static io.retcon.schemas.topic.TopicCatalogue.MANIFESTS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.REWRITES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Topic;
import io.retcon.streams.state.Arrivals;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Overlays in; out, for each arm that is rewritten whole, its retrainings, waiting to be run. */
public final class SchedulingTopology {
    static final String OVERLAYS = "overlays"; // intervention, arm -> what its sequences come to
    static final String SELECTED = "selected"; // intervention -> selection
    static final String RUNS = "runs"; // run -> manifest
    static final String CLOSED = "closed"; // intervention, arm, partition -> that it is closed
    static final String SCHEDULED = "scheduled"; // intervention, arm -> replicates published

    static final String CONTROLS = "controls"; // window and recipe -> control that is trained
    static final String WAITING = "waiting-controls"; // the same, retraining -> one that waits

    private final Schemas schemas;

    public SchedulingTopology(Schemas schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    public Topology toTopology() {
        var builder = new StreamsBuilder();
        builder.addStateStore(store(OVERLAYS, Serdes.Bytes(), OverlayTally.serde()));
        builder.addStateStore(store(SELECTED, Serdes.String(), serde(SELECTIONS)));
        builder.addStateStore(store(RUNS, Serdes.String(), serde(MANIFESTS)));
        builder.addStateStore(store(CLOSED, Serdes.Bytes(), ClosedPartition.serde()));
        builder.addStateStore(store(SCHEDULED, Serdes.Bytes(), Serdes.Long()));

        builder.addStateStore(store(CONTROLS, Serdes.String(), serde(RETRAININGS)));
        builder.addStateStore(store(WAITING, Serdes.Bytes(), serde(RETRAININGS)));

        var arrivals = new Arrivals(builder, schemas);
        var closed =
                arrivals.only(REWRITES)
                        .process(OverlayCounter::new, Named.as("count-overlay"), OVERLAYS)
                        .repartition(toOne("closed-partitions", ClosedPartition.serde()));
        var finished =
                arrivals.only(RETRAININGS)
                        .filter(
                                (key, retraining) -> isFinishedControl(retraining),
                                Named.as("only-finished-controls"))
                        .repartition(toOne("finished-controls", serde(RETRAININGS)));
        arrivals(arrivals.only(MANIFESTS), "manifest-arrivals")
                .merge(arrivals(arrivals.only(SELECTIONS), "selection-arrivals"))
                .merge(arrivals(closed, "closed-arrivals"))
                .merge(arrivals(finished, "finished-arrivals"))
                .process(
                        Scheduler::new,
                        Named.as("scheduler"),
                        SELECTED,
                        RUNS,
                        CLOSED,
                        SCHEDULED,
                        CONTROLS,
                        WAITING)
                .to(
                        RETRAININGS.name(),
                        Produced.with(Serdes.String(), serde(RETRAININGS)).withName("retrainings"));
        return builder.build();
    }

    private static KStream<String, Object> arrivals(KStream<String, ?> stream, String name) {
        return stream.mapValues(value -> value, Named.as(name));
    }

    private static boolean isFinishedControl(Retraining retraining) {
        return retraining != null
                && retraining.getId().getArm().equals(Arm.CONTROL.label())
                && (retraining.getState() == RetrainingState.DONE
                        || retraining.getState() == RetrainingState.FAILED);
    }

    private static <V> Repartitioned<String, V> toOne(String name, Serde<V> values) {
        return Repartitioned.<String, V>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(values)
                .withNumberOfPartitions(1);
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    private <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }
}
