package io.retcon.streams.walking;

import static java.util.Objects.requireNonNull;

import io.retcon.streams.state.PackedStore;
import io.retcon.streams.state.Routed;
import io.retcon.streams.state.Tally;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Set;

/** A stage's walks through history, one a task, with the stores that they need. */
public record HistoryWalks<V>(
        String name, Serde<V> values, Errands<V> errands, HistorySource history, Pace pace)
        implements ProcessorSupplier<String, V, String, Routed<?>> {
    public HistoryWalks {
        requireNonNull(name, "name is null");
        requireNonNull(values, "values is null");
        requireNonNull(errands, "errands is null");
        requireNonNull(history, "history is null");
        requireNonNull(pace, "pace is null");
    }

    @Override
    public Processor<String, V, String, Routed<?>> get() {
        return new HistoryWalk<>(this);
    }

    /** Intervention, arm, place -> work; and intervention, arm -> how much of it has come. */
    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                PackedStore.named(workName()),
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(talliesName()),
                                Serdes.Bytes(),
                                Tally.serde())
                        .withCachingEnabled());
    }

    String workName() {
        return name + "-work";
    }

    String talliesName() {
        return name + "-tallies";
    }
}
