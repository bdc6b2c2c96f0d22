package io.retcon.indexer.match;

import io.retcon.indexer.terms.TermHits;

import java.util.Arrays;

/**
 * The terms of one document: which occur, and where. The occurrences of a term are the leftmost
 * non-overlapping ones of those with the asked boundary. Used again for every document; not
 * thread-safe.
 */
final class DocumentTerms {
    static final int NONE = -1;

    private final ItemTerms items;
    private final Boundary boundary;
    private final TermHits hits = new TermHits();
    private final int[] seenIn;
    private final int[] first;
    private final int[] last;
    private final int[] present;
    private int presentCount;
    private int[] next = new int[256];
    private int documents;

    DocumentTerms(ItemTerms items, Boundary boundary) {
        this.items = items;
        this.boundary = boundary;
        seenIn = new int[items.terms()];
        first = new int[items.terms()];
        last = new int[items.terms()];
        present = new int[items.terms()];
    }

    void read(byte[] text) {
        documents++;
        presentCount = 0;
        items.scanner().scan(text, hits);
        if (next.length < hits.size()) {
            next = Arrays.copyOf(next, Math.max(hits.size(), 2 * next.length));
        }
        for (int hit = 0; hit < hits.size(); hit++) {
            if (boundary.holds(text, start(hit), end(hit))) {
                append(hit);
            }
        }
    }

    boolean occurs(int term) {
        return seenIn[term] == documents;
    }

    /** How many distinct terms occur. */
    int presentCount() {
        return presentCount;
    }

    /** The {@code i}-th of them, by first occurrence. */
    int present(int i) {
        return present[i];
    }

    /** The first occurrence of a term that occurs. */
    int first(int term) {
        return first[term];
    }

    /** The same term's occurrence after {@code hit}, or {@link #NONE}. */
    int next(int hit) {
        return next[hit];
    }

    int start(int hit) {
        return hits.start(hit);
    }

    int end(int hit) {
        return hits.start(hit) + items.term(hits.term(hit)).length;
    }

    private void append(int hit) {
        int term = hits.term(hit);
        if (!occurs(term)) {
            seenIn[term] = documents;
            first[term] = hit;
            present[presentCount++] = term;
        } else if (start(hit) < end(last[term])) {
            return;
        } else {
            next[last[term]] = hit;
        }
        last[term] = hit;
        next[hit] = NONE;
    }
}
