package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * Puts scored documents roughly in order, highest scores first: by which of four million equal
 * parts of their range a score lies in, in two passes and without comparing. What lies in the same
 * part keeps its order. Lent to one ranking after the other, as it is larger than most; not
 * thread-safe.
 */
public final class ScoreOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int PARTS = 1 << 2 * DIGIT_BITS;

    private final int[] lowDigits = new int[DIGITS];
    private final int[] highDigits = new int[DIGITS];
    private long[] keys = new long[0];
    private long[] moved = new long[0];
    private int[] documentOf = new int[0];
    private double[] scoreOf = new double[0];

    /**
     * Orders the first {@code size} entries.
     *
     * @return the parts
     */
    ScoreParts sort(int[] documents, double[] scores, int size, double lowest, double highest) {
        var parts = ScoreParts.of(lowest, highest, PARTS);
        makeRoom(size);
        Arrays.fill(lowDigits, 0);
        Arrays.fill(highDigits, 0);
        for (int i = 0; i < size; i++) {
            int part = parts.of(scores[i]);
            lowDigits[part & DIGITS - 1]++;
            highDigits[part >>> DIGIT_BITS]++;
            keys[i] = (long) part << Integer.SIZE | i;
        }
        distribute(keys, moved, lowDigits, Integer.SIZE, size);
        distribute(moved, keys, highDigits, Integer.SIZE + DIGIT_BITS, size);
        System.arraycopy(documents, 0, documentOf, 0, size);
        System.arraycopy(scores, 0, scoreOf, 0, size);
        for (int i = 0; i < size; i++) {
            int row = (int) keys[i];
            documents[i] = documentOf[row];
            scores[i] = scoreOf[row];
        }
        return parts;
    }

    private static void distribute(long[] from, long[] to, int[] counts, int shift, int size) {
        int start = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int count = counts[digit];
            counts[digit] = start;
            start += count;
        }
        for (int i = 0; i < size; i++) {
            to[counts[(int) (from[i] >>> shift) & DIGITS - 1]++] = from[i];
        }
    }

    private void makeRoom(int size) {
        if (keys.length < size) {
            int room = Math.max(size, 2 * keys.length);
            keys = new long[room];
            moved = new long[room];
            documentOf = new int[room];
            scoreOf = new double[room];
        }
    }
}
