package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.tokenizer.Outcome;

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
    private final Consumer<String> messages;
    private final List<byte[]> waiting = new ArrayList<>();

    /**
     * @param vectors gets every document's vector, in order: {@link VectorStore#add} or {@link
     *     SpilledVectors#add}; the zero vector, as of a text without any token, for a document that
     *     the encoder's tokenizer cannot take
     * @param messages told of such documents, of several together by the first
     */
    public DocumentQueue(Encoder encoder, Consumer<float[]> vectors, Consumer<String> messages) {
        this.messages = requireNonNull(messages, "messages is null");
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
        var refused = new ArrayList<String>();
        for (var outcome : encoder.documents(waiting)) {
            switch (outcome) {
                case Outcome.Done<float[]>(float[] vector) -> vectors.accept(vector);
                case Outcome.Refused<float[]>(String reason) -> {
                    refused.add(reason);
                    vectors.accept(new float[encoder.dimension()]);
                }
            }
        }
        waiting.clear();
        if (!refused.isEmpty()) {
            messages.accept(
                    "%d documents count as ones without text; the first: %s"
                            .formatted(refused.size(), refused.getFirst()));
        }
    }
}
