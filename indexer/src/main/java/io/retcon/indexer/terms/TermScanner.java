package io.retcon.indexer.terms;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds every occurrence of thousands of literal byte strings in one pass over a text.
 *
 * <p>Almost no position of a text starts a term, so two sieves and a trie follow each other, each
 * on what the one before let through: a {@link StartSieve}, a {@link PrefixSieve}, and a {@link
 * TermTrie} that knows every byte. Immutable and thread-safe; a thread brings its own {@link
 * TermHits}.
 */
public final class TermScanner {
    private static final int BLOCK = 64 * StartSieve.STRIDE;

    /** Positions that {@link TermHits} must have room for. */
    static final int CANDIDATES = BLOCK + StartSieve.SLACK;

    /** Positions after the last whole stride of which eight bytes are in the text, at most. */
    private static final int TAIL = 2 * StartSieve.STRIDE;

    /** Bytes that {@link TermHits} must have room for. */
    static final int PADDED_TAIL = TAIL + Long.BYTES;

    /** Bytes a process must scan before the vector sieve has paid back its compilation. */
    private static final long PAYS_BACK = 256L << 20;

    /** Asked here, as the sieve's own class cannot be loaded without the module. */
    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private static final AtomicLong SCANNED = new AtomicLong();

    private final StartSieve soon;
    private final StartSieve later;
    private final PrefixSieve prefixes;
    private final TermTrie trie;

    /**
     * @param terms distinct, none empty; hits name a term by its place here
     */
    public TermScanner(List<byte[]> terms) {
        check(terms);
        soon = new TrigramSieve(terms);
        later = VECTORS && VectorSieve.isFast() ? new VectorSieve(terms) : soon;
        prefixes = new PrefixSieve(terms);
        trie = new TermTrie(terms);
    }

    /** With one sieve from the first byte on. */
    TermScanner(List<byte[]> terms, StartSieve starts) {
        check(terms);
        soon = starts;
        later = starts;
        prefixes = new PrefixSieve(terms);
        trie = new TermTrie(terms);
    }

    /** Puts every occurrence of every term in {@code text} into {@code hits}, which it empties. */
    public void scan(byte[] text, TermHits hits) {
        hits.clear();
        var starts = SCANNED.addAndGet(text.length) < PAYS_BACK ? soon : later;
        int wide =
                Math.max(0, text.length - Long.BYTES + 1) / StartSieve.STRIDE * StartSieve.STRIDE;
        for (int from = 0; from < wide; from += BLOCK) {
            int count = starts.sift(text, from, Math.min(from + BLOCK, wide), hits.candidates);
            count = prefixes.sift(text, hits.candidates, count);
            for (int i = 0; i < count; i++) {
                trie.walk(text, hits.candidates[i], hits);
            }
        }
        scanTail(starts, text, wide, hits);
    }

    /** The end of a text, from a copy behind which sieves may read on. */
    private void scanTail(StartSieve starts, byte[] text, int from, TermHits hits) {
        int length = text.length - from;
        System.arraycopy(text, from, hits.tail, 0, length);
        Arrays.fill(hits.tail, length, PADDED_TAIL, (byte) 0);
        int count = starts.sift(hits.tail, 0, TAIL, hits.candidates);
        count = prefixes.sift(hits.tail, hits.candidates, count);
        for (int i = 0; i < count && hits.candidates[i] < length; i++) {
            trie.walk(text, from + hits.candidates[i], hits);
        }
    }

    private static void check(List<byte[]> terms) {
        var distinct = new HashSet<ByteBuffer>();
        for (var term : terms) {
            if (term.length == 0) {
                throw new IllegalArgumentException("a term is empty");
            }
            if (!distinct.add(ByteBuffer.wrap(term))) {
                throw new IllegalArgumentException("a term is there twice");
            }
        }
    }
}
