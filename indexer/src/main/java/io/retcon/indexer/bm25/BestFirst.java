package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * Puts documents in order, highest sums first, then lowest documents, as far as wanted: deals them
 * out to equal parts of the sums' range, and the same again within each part that holds many. Not
 * thread-safe.
 */
final class BestFirst {
    private static final int MOST_PARTS = 1 << 12;

    /** So few are faster compared. */
    private static final int FEW = 24;

    private long[] sumsOf = new long[0];
    private int[] documentOf = new int[0];

    /**
     * Orders the first {@code size} of both.
     *
     * @param most how many of the best are wanted in order; the others follow in any order
     */
    void sort(int[] documents, long[] sums, int size, int most) {
        if (sumsOf.length < size) {
            int room = Math.max(size, 2 * sumsOf.length);
            sumsOf = new long[room];
            documentOf = new int[room];
        }
        sort(documents, sums, 0, size, most);
    }

    private void sort(int[] documents, long[] sums, int from, int to, int most) {
        if (to - from <= FEW) {
            compare(documents, sums, from, to);
            return;
        }
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            lowest = Math.min(lowest, sums[i]);
            highest = Math.max(highest, sums[i]);
        }
        if (lowest == highest) {
            Arrays.sort(documents, from, to);
            return;
        }
        int parts = Math.min(MOST_PARTS, Integer.highestOneBit(to - from));
        int bits = Long.SIZE - Long.numberOfLeadingZeros(highest - lowest);
        int shift = Math.max(0, bits - Integer.numberOfTrailingZeros(parts));
        int used = (int) (highest - lowest >>> shift) + 1;
        var ends = new int[used];
        for (int i = from; i < to; i++) {
            ends[(int) (highest - sums[i] >>> shift)]++;
        }
        int end = from;
        for (int part = 0; part < used; part++) {
            int start = end;
            end += ends[part];
            ends[part] = start;
        }
        System.arraycopy(documents, from, documentOf, from, to - from);
        System.arraycopy(sums, from, sumsOf, from, to - from);
        for (int i = from; i < to; i++) {
            long sum = sumsOf[i];
            int place = ends[(int) (highest - sum >>> shift)]++;
            documents[place] = documentOf[i];
            sums[place] = sum;
        }
        int start = from;
        for (int part = 0; part < used && start < most; part++) {
            if (ends[part] - start > 1) {
                sort(documents, sums, start, ends[part], most);
            }
            start = ends[part];
        }
    }

    private static void compare(int[] documents, long[] sums, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int document = documents[i];
            long sum = sums[i];
            int at = i;
            while (at > from
                    && (sums[at - 1] < sum
                            || sums[at - 1] == sum && documents[at - 1] > document)) {
                documents[at] = documents[at - 1];
                sums[at] = sums[at - 1];
                at--;
            }
            documents[at] = document;
            sums[at] = sum;
        }
    }
}
