package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Optional;

/**
 * Values by {@link StoreKey} in a store that keeps them packed: one that is only counted or deleted
 * is never unpacked. Not thread-safe.
 */
public final class PackedStore<V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Serde<V> values;

    /**
     * @param store made by {@link #named}
     */
    public PackedStore(KeyValueStore<Bytes, byte[]> store, Serde<V> values) {
        this.store = requireNonNull(store, "store is null");
        this.values = requireNonNull(values, "values is null");
    }

    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> named(String name) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /**
     * @return whether the key was not there yet; otherwise what is there stays
     */
    public boolean add(Bytes key, V value) {
        return store.putIfAbsent(key, packed(value)) == null;
    }

    public void put(Bytes key, V value) {
        store.put(key, packed(value));
    }

    public Optional<V> get(Bytes key) {
        return Optional.ofNullable(store.get(key)).map(this::unpacked);
    }

    /** From a key to another, both included. */
    public Range<V> range(Bytes from, Bytes to) {
        return new Range<>(store.range(from, to), this);
    }

    /**
     * Deletes at most {@code most} from a key on to another, both included.
     *
     * @return the last key deleted if there may be more, else empty
     */
    public Optional<Bytes> delete(Bytes from, Bytes to, int most) {
        Bytes last = null;
        try (var range = store.range(from, to)) {
            for (int deleted = 0; deleted < most && range.hasNext(); deleted++) {
                last = range.next().key;
                store.delete(last);
            }
            return range.hasNext() ? Optional.ofNullable(last) : Optional.empty();
        }
    }

    private byte[] packed(V value) {
        return values.serializer().serialize(store.name(), value);
    }

    private V unpacked(byte[] value) {
        return values.deserializer().deserialize(store.name(), value);
    }

    /** Keys and values in order. */
    public static final class Range<V> implements AutoCloseable {
        private final KeyValueIterator<Bytes, byte[]> entries;
        private final PackedStore<V> store;

        private Range(KeyValueIterator<Bytes, byte[]> entries, PackedStore<V> store) {
            this.entries = entries;
            this.store = store;
        }

        public boolean hasNext() {
            return entries.hasNext();
        }

        public Bytes peekKey() {
            return entries.peekNextKey();
        }

        public V next() {
            return store.unpacked(entries.next().value);
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
