package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import java.util.function.IntUnaryOperator;

/**
 * Vectors of some of a window's documents.
 *
 * @param number gives each one's number in the window's training order, ascending; called from
 *     several threads
 */
public record Part<V extends Vectors>(V vectors, IntUnaryOperator number) {
    public Part {
        requireNonNull(vectors, "vectors is null");
        requireNonNull(number, "number is null");
    }

    /** All of the window's documents, in order. */
    public static <V extends Vectors> Part<V> whole(V vectors) {
        return new Part<>(vectors, document -> document);
    }
}
