package io.retcon.streams.rewriting;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.MaskedSpan;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.record.Truncation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final List<MaskedSpan> masked = new ArrayList<>();
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

    /** Puts a token that belongs to no document. */
    void putToken(int token) {
        put(packed(token), 0, 1);
    }

    /** As {@link #putToken}, if there is room left. */
    void putIfRoom(int token) {
        if (at < length) {
            putToken(token);
        }
    }

    /** Puts {@code count} times a token that belongs to no document and that the loss ignores. */
    void pad(int token, int count) {
        mask(at, Math.clamp(length - at, 0, count));
        for (int i = 0; i < count; i++) {
            putToken(token);
        }
    }

    /** Whether the last token put, which must lie in the sequence, is {@code token}. */
    boolean endsWith(int token) {
        int from = (Math.min(at, length) - 1) * bytesPerToken;
        return ByteBuffer.wrap(tokens, from, bytesPerToken).equals(packed(token));
    }

    /** The loss ignores {@code count} tokens from {@code start} on. */
    void mask(int start, int count) {
        if (count > 0) {
            masked.add(new MaskedSpan(start, count));
        }
    }

    /** Lists tokens of a document that were never put. */
    void truncate(String id, int count) {
        truncated.add(new Truncation(id, count));
    }

    private ByteBuffer packed(int token) {
        return PackedTokens.pack(
                new int[] {token}, bytesPerToken == 2 ? TokenWidth.U16 : TokenWidth.U32);
    }

    ByteBuffer tokens() {
        return ByteBuffer.wrap(tokens);
    }

    List<DocumentSpan> documents() {
        return documents;
    }

    List<MaskedSpan> masked() {
        return masked.stream().sorted(Comparator.comparing(MaskedSpan::getStart)).toList();
    }

    List<Truncation> truncated() {
        return truncated;
    }
}
