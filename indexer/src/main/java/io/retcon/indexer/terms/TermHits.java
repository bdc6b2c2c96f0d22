package io.retcon.indexer.terms;

import java.util.Arrays;

/**
 * What one scan of one text found: occurrences (term, start), by start, then by length. Kept from
 * scan to scan so that scanning allocates nothing. Not thread-safe: one a thread.
 */
public final class TermHits {
    final int[] candidates = new int[TermScanner.CANDIDATES];
    final byte[] tail = new byte[TermScanner.PADDED_TAIL];

    private int[] terms = new int[256];
    private int[] starts = new int[256];
    private int size;

    /** Number of occurrences, overlapping ones included. */
    public int size() {
        return size;
    }

    /** The term's place in the scanner's list. */
    public int term(int hit) {
        return terms[hit];
    }

    /** The byte at which the occurrence starts. */
    public int start(int hit) {
        return starts[hit];
    }

    void clear() {
        size = 0;
    }

    void add(int term, int start) {
        if (size == terms.length) {
            terms = Arrays.copyOf(terms, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
        }
        terms[size] = term;
        starts[size++] = start;
    }
}
