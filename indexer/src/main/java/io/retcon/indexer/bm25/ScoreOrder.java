package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * Puts scored documents in order, by score descending and then by document ascending, digit by
 * digit from the lowest on: ten thousand of them several times faster than by comparing. Not
 * thread-safe.
 */
final class ScoreOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int DOCUMENT_DIGITS = 3;
    private static final int ALL_DIGITS = DOCUMENT_DIGITS + 6;

    private final int[][] counts = new int[ALL_DIGITS][DIGITS];
    private long[] keys = new long[0];
    private long[] movedKeys = new long[0];
    private int[] moved = new int[0];

    /** Orders the first {@code size} entries. */
    void sort(int[] documents, double[] scores, int size) {
        makeRoom(size);
        count(documents, scores, size);
        long[] fromKeys = keys;
        long[] toKeys = movedKeys;
        int[] from = documents;
        int[] to = moved;
        for (int digit = 0; digit < ALL_DIGITS; digit++) {
            int[] next = counts[digit];
            if (allAlike(next, size, digit(digit, from[0], fromKeys[0]))) {
                continue;
            }
            startsOf(next);
            for (int i = 0; i < size; i++) {
                int at = next[digit(digit, from[i], fromKeys[i])]++;
                toKeys[at] = fromKeys[i];
                to[at] = from[i];
            }
            long[] otherKeys = fromKeys;
            fromKeys = toKeys;
            toKeys = otherKeys;
            int[] other = from;
            from = to;
            to = other;
        }
        if (from != documents) {
            System.arraycopy(from, 0, documents, 0, size);
        }
        for (int i = 0; i < size; i++) {
            scores[i] = score(fromKeys[i]);
        }
    }

    private void makeRoom(int size) {
        if (keys.length < size) {
            keys = new long[size];
            movedKeys = new long[size];
            moved = new int[size];
        }
    }

    private void count(int[] documents, double[] scores, int size) {
        for (var digit : counts) {
            Arrays.fill(digit, 0);
        }
        for (int i = 0; i < size; i++) {
            keys[i] = key(scores[i]);
            for (int digit = 0; digit < ALL_DIGITS; digit++) {
                counts[digit][digit(digit, documents[i], keys[i])]++;
            }
        }
    }

    private static boolean allAlike(int[] count, int size, int digit) {
        return count[digit] == size;
    }

    /** Counts become where each digit's entries start. */
    private static void startsOf(int[] counts) {
        int start = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int count = counts[digit];
            counts[digit] = start;
            start += count;
        }
    }

    private static int digit(int digit, int document, long key) {
        return digit < DOCUMENT_DIGITS
                ? document >>> DIGIT_BITS * digit & DIGITS - 1
                : (int) (key >>> DIGIT_BITS * (digit - DOCUMENT_DIGITS)) & DIGITS - 1;
    }

    /** Unsigned, the smaller the higher the score. */
    private static long key(double score) {
        long bits = Double.doubleToRawLongBits(score + 0.0); // Minus zero is zero.
        return ~(bits ^ (bits >> 63 | Long.MIN_VALUE));
    }

    private static double score(long key) {
        long ordered = ~key;
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
    }
}
