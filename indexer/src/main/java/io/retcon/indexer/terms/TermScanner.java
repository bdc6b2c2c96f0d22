package io.retcon.indexer.terms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;

/**
 * Finds every occurrence of thousands of literal byte strings in one pass over a text.
 *
 * <p>Almost no position of a text starts a term, so three sieves follow each other, each on what
 * the one before let through: is the trigram here the start of a term, are the six bytes here (by
 * hash), and does a trie know the rest. The first two write the position and then advance by the
 * answer, so that no branch is mispredicted. Immutable and thread-safe; a thread brings its own
 * {@link TermHits}.
 */
public final class TermScanner {
    static final int BLOCK = 4096;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TRIGRAM = 0xFFFFFF;
    private static final int PREFIX = 6;
    private static final long PREFIX_MASK = (1L << 8 * PREFIX) - 1;
    private static final int HASH_BITS = 19;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long[] trigrams = new long[1 << 24 - 6];
    private final long[] shortTrigrams = new long[1 << 24 - 6];
    private final long[] prefixes = new long[1 << HASH_BITS - 6];
    private final TermTrie trie;

    /**
     * @param terms distinct, none empty; hits name a term by its place here
     */
    public TermScanner(List<byte[]> terms) {
        var distinct = new HashSet<ByteBuffer>();
        for (var term : terms) {
            if (term.length == 0) {
                throw new IllegalArgumentException("a term is empty");
            }
            if (!distinct.add(ByteBuffer.wrap(term))) {
                throw new IllegalArgumentException("a term is there twice");
            }
            sieve(term);
        }
        trie = new TermTrie(terms);
    }

    /** Puts every occurrence of every term in {@code text} into {@code hits}, which it empties. */
    public void scan(byte[] text, TermHits hits) {
        hits.clear();
        int wide = Math.max(0, text.length - Long.BYTES + 1);
        for (int from = 0; from < wide; from += BLOCK) {
            int to = Math.min(from + BLOCK, wide);
            int count = byTrigram(text, from, to, hits.candidates);
            count = byPrefix(text, hits.candidates, count);
            for (int i = 0; i < count; i++) {
                trie.walk(text, hits.candidates[i], hits);
            }
        }
        for (int at = wide; at < text.length; at++) {
            trie.walk(text, at, hits);
        }
    }

    private int byTrigram(byte[] text, int from, int to, int[] candidates) {
        int count = 0;
        for (int at = from; at < to; at++) {
            int trigram = (int) INT.get(text, at) & TRIGRAM;
            candidates[count] = at;
            count += bit(trigrams, trigram);
        }
        return count;
    }

    private int byPrefix(byte[] text, int[] candidates, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int at = candidates[i];
            long eight = (long) LONG.get(text, at);
            candidates[kept] = at;
            kept +=
                    bit(shortTrigrams, (int) eight & TRIGRAM)
                            | bit(prefixes, hash(eight & PREFIX_MASK));
        }
        return kept;
    }

    private void sieve(byte[] term) {
        long start = 0;
        for (int i = 0; i < Math.min(PREFIX, term.length); i++) {
            start |= (term[i] & 0xFFL) << 8 * i;
        }
        // A term of one or two bytes starts every trigram that starts with it.
        int step = 1 << 8 * Math.min(3, term.length);
        for (int trigram = (int) start & TRIGRAM; trigram <= TRIGRAM; trigram += step) {
            set(trigrams, trigram);
            if (term.length < PREFIX) {
                set(shortTrigrams, trigram);
            }
        }
        if (term.length >= PREFIX) {
            set(prefixes, hash(start));
        }
    }

    private static int hash(long prefix) {
        return (int) (prefix * GOLDEN >>> Long.SIZE - HASH_BITS);
    }

    private static int bit(long[] bitmap, int at) {
        return (int) (bitmap[at >>> 6] >>> at) & 1;
    }

    private static void set(long[] bitmap, int at) {
        bitmap[at >>> 6] |= 1L << at;
    }
}
