package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * Brings a store up to date with a window's documents, given from the first one on: those that it
 * holds are passed over, the others encoded and committed now and then. Not thread-safe.
 */
public final class StoreFilling {
    /** What a crash may cost, in encoded documents; a commit takes some milliseconds. */
    private static final int COMMIT = 512;

    private final VectorStore store;
    private final DocumentQueue queue;
    private final int toPassOver;
    private int seen;

    /**
     * @param messages told of documents that have no vector of their own
     */
    public StoreFilling(Encoder encoder, VectorStore store, Consumer<String> messages) {
        this.store = requireNonNull(store, "store is null");
        this.queue = new DocumentQueue(encoder, this::keep, messages);
        this.toPassOver = store.documents();
    }

    /** Takes the window's next document, in UTF-8. */
    public void add(byte[] text) {
        if (seen++ >= toPassOver) {
            queue.add(text);
        }
    }

    /**
     * Encodes and commits what is left.
     *
     * @throws IllegalStateException if the store holds more documents than were given
     */
    public void end() {
        queue.flush();
        store.commit();
        if (store.documents() != seen) {
            throw new IllegalStateException(
                    "a window of %d documents has %d vectors".formatted(seen, store.documents()));
        }
    }

    private void keep(float[] vector) {
        store.add(vector);
        if (store.documents() % COMMIT == 0) {
            store.commit();
        }
    }
}
