package io.retcon.indexer.terms;

/**
 * The first sieve: lets through the positions of a text at which a term may start, and few others.
 * Immutable and thread-safe.
 */
sealed interface StartSieve permits TrigramSieve, VectorSieve {
    /** Positions are sifted this many at a time. */
    int STRIDE = 64;

    /** A position is judged by this many bytes from it on. */
    int REACH = 4;

    /** Room in an array of positions that is written to beyond those that pass. */
    int SLACK = 4;

    /**
     * Writes the positions that pass, ascending; how many.
     *
     * @param from to {@code to}−1: whole strides, of which {@code REACH} − 1 bytes behind are read
     *     too
     */
    int sift(byte[] text, int from, int to, int[] positions);
}
