package io.retcon.indexer.terms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The second sieve, over the positions that the first one passed: are the first four bytes here
 * those of a term, by hash, and then as many of the first eight as the term has. Each position is
 * written, and advanced by the answer, so that no branch is mispredicted. Immutable and
 * thread-safe.
 */
final class PrefixSieve {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SMALL = 18;
    private static final int LARGE = 20;

    /** First three bytes of terms of fewer than four. */
    private final long[] threes = new long[1 << SMALL - 6];

    /** First four bytes of all other terms. */
    private final long[] fours = new long[1 << SMALL - 6];

    /** First four, six or eight bytes of terms of at least as many, and fewer than two more. */
    private final long[] prefixes = new long[1 << LARGE - 6];

    PrefixSieve(List<byte[]> terms) {
        terms.forEach(this::add);
    }

    /** Keeps the positions that pass, of which eight bytes must be there; how many. */
    int sift(byte[] text, int[] positions, int count) {
        return byPrefix(text, positions, byFour(text, positions, count));
    }

    private int byFour(byte[] text, int[] positions, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int at = positions[i];
            long eight = (long) LONG.get(text, at);
            positions[kept] = at;
            kept += bit(threes, hash(eight, 3, SMALL)) | bit(fours, hash(eight, 4, SMALL));
        }
        return kept;
    }

    private int byPrefix(byte[] text, int[] positions, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int at = positions[i];
            long eight = (long) LONG.get(text, at);
            positions[kept] = at;
            kept +=
                    bit(threes, hash(eight, 3, SMALL))
                            | bit(prefixes, hash(eight, 4, LARGE))
                            | bit(prefixes, hash(eight, 6, LARGE))
                            | bit(prefixes, hash(eight, 8, LARGE));
        }
        return kept;
    }

    private void add(byte[] term) {
        long start = 0;
        for (int i = 0; i < Math.min(Long.BYTES, term.length); i++) {
            start |= (term[i] & 0xFFL) << 8 * i;
        }
        if (term.length >= 4) {
            set(fours, hash(start, 4, SMALL));
            set(prefixes, hash(start, Math.min(term.length, Long.BYTES) & ~1, LARGE));
            return;
        }
        // A term of one or two bytes starts every trigram that starts with it.
        for (long trigram = start; trigram < 1 << 24; trigram += 1L << 8 * term.length) {
            set(threes, hash(trigram, 3, SMALL));
        }
    }

    /** Of the lowest {@code bytes} bytes. */
    private static int hash(long eight, int bytes, int bits) {
        return (int) ((eight << Long.SIZE - 8 * bytes) * GOLDEN >>> Long.SIZE - bits);
    }

    private static int bit(long[] bitmap, int at) {
        return (int) (bitmap[at >>> 6] >>> at) & 1;
    }

    private static void set(long[] bitmap, int at) {
        bitmap[at >>> 6] |= 1L << at;
    }
}
