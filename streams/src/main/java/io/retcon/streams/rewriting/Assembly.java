package io.retcon.streams.rewriting;

import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.Truncation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence under construction: pieces are put one after the other, and what does not fit into T
 * tokens is listed as truncated. Not thread-safe.
 */
final class Assembly {
    private static final String BETWEEN_DOCUMENTS = "";

    private final int length;
    private final int bytesPerToken;
    private final byte[] tokens;
    private final List<DocumentSpan> documents = new ArrayList<>();
    private final List<Truncation> truncated = new ArrayList<>();
    private int at;

    /**
     * @param length T, in tokens
     */
    Assembly(int length, int bytesPerToken) {
        this.length = length;
        this.bytesPerToken = bytesPerToken;
        this.tokens = new byte[length * bytesPerToken];
    }

    /** Where the next piece starts if nothing were cut, in tokens. */
    int at() {
        return at;
    }

    /** Puts {@code count} tokens of {@code source}, which belong to no document. */
    void put(ByteBuffer source, int start, int count) {
        putTokens(BETWEEN_DOCUMENTS, source, start, count);
    }

    /**
     * Puts {@code count} tokens of {@code source} as document {@code id}.
     *
     * @return how many of them fitted
     */
    int putDocument(String id, ByteBuffer source, int start, int count) {
        int from = at;
        int fitted = putTokens(id, source, start, count);
        if (fitted > 0 || (count == 0 && from < length)) {
            documents.add(new DocumentSpan(id, from, fitted));
        }
        return fitted;
    }

    private int putTokens(String id, ByteBuffer source, int start, int count) {
        int fitted = Math.clamp(length - at, 0, count);
        if (fitted > 0) {
            source.get(
                    source.position() + start * bytesPerToken,
                    tokens,
                    at * bytesPerToken,
                    fitted * bytesPerToken);
        }
        if (fitted < count) {
            truncated.add(new Truncation(id, count - fitted));
        }
        at += count;
        return fitted;
    }

    ByteBuffer tokens() {
        return ByteBuffer.wrap(tokens);
    }

    List<DocumentSpan> documents() {
        return documents;
    }

    List<Truncation> truncated() {
        return truncated;
    }
}
