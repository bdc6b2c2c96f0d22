package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes documents one by one and encodes them some at a time, in order, as they need no more memory
 * then. Not thread-safe.
 */
public final class DocumentQueue {
    private static final int TEXTS = 64;

    private final Encoder encoder;
    private final Consumer<float[]> vectors;
    private final List<byte[]> waiting = new ArrayList<>();

    /**
     * @param vectors gets every document's vector, in order: {@link VectorStore#add} or {@link
     *     SpilledVectors#add}
     */
    public DocumentQueue(Encoder encoder, Consumer<float[]> vectors) {
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.vectors = requireNonNull(vectors, "vectors is null");
    }

    /** Takes the next document, in UTF-8. */
    public void add(byte[] text) {
        waiting.add(text);
        if (waiting.size() == TEXTS) {
            flush();
        }
    }

    /** Encodes what is waiting. */
    public void flush() {
        encoder.documents(waiting).forEach(vectors);
        waiting.clear();
    }
}
