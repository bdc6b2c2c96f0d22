package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * Documents with their sums in a few runs, each with the best first, which become one. Kept from
 * query to query; not thread-safe.
 */
final class Runs {
    private int[] documents = new int[1 << 10];
    private long[] sums = new long[1 << 10];
    private int[] mergedDocuments = new int[0];
    private long[] mergedSums = new long[0];
    private int[] ends = new int[8];
    private int runs;

    void clear() {
        runs = 0;
    }

    /** Makes sure that {@code count} more fit behind all runs. */
    void makeRoom(int count) {
        int size = size();
        if (documents.length < size + count) {
            int room = Math.max(size + count, 2 * documents.length);
            documents = Arrays.copyOf(documents, room);
            sums = Arrays.copyOf(sums, room);
        }
    }

    /** To be written to from {@link #size} on. */
    int[] documents() {
        return documents;
    }

    /** To be written to from {@link #size} on. */
    long[] sums() {
        return sums;
    }

    /** In all runs together. */
    int size() {
        return runs == 0 ? 0 : ends[runs - 1];
    }

    /** Makes a run of what was written behind the last one. */
    void end(int end) {
        if (end == size()) {
            return;
        }
        if (runs == ends.length) {
            ends = Arrays.copyOf(ends, 2 * runs);
        }
        ends[runs++] = end;
    }

    /** Of the only run. */
    Ranking best(int most) {
        var scores = new double[Math.min(most, size())];
        for (int rank = 0; rank < scores.length; rank++) {
            scores[rank] = ExactScores.score(sums[rank]);
        }
        return new Ranking(Arrays.copyOf(documents, scores.length), scores);
    }

    /** Makes one run of all, two and two. */
    void merge() {
        if (mergedDocuments.length < size()) {
            mergedDocuments = new int[documents.length];
            mergedSums = new long[documents.length];
        }
        while (runs > 1) {
            int from = 0;
            int left = 0;
            for (int run = 0; run + 1 < runs; run += 2) {
                merge(from, ends[run], ends[run + 1]);
                from = ends[run + 1];
                ends[left++] = from;
            }
            if (runs % 2 == 1) {
                int end = ends[runs - 1];
                System.arraycopy(documents, from, mergedDocuments, from, end - from);
                System.arraycopy(sums, from, mergedSums, from, end - from);
                ends[left++] = end;
            }
            runs = left;
            int[] ofDocuments = documents;
            documents = mergedDocuments;
            mergedDocuments = ofDocuments;
            long[] ofSums = sums;
            sums = mergedSums;
            mergedSums = ofSums;
        }
    }

    /** Without branches that no processor can foretell. */
    private void merge(int from, int middle, int to) {
        int i = from;
        int j = middle;
        int out = from;
        while (i < middle && j < to) {
            long below = sums[j] - sums[i];
            long tied = ((below | -below) >>> 63) - 1;
            long first = below | tied & (long) documents[i] - documents[j];
            int isFirst = (int) (first >> 63);
            int next = j + (i - j & isFirst);
            mergedDocuments[out] = documents[next];
            mergedSums[out++] = sums[next];
            i -= isFirst;
            j += 1 + isFirst;
        }
        System.arraycopy(documents, i, mergedDocuments, out, middle - i);
        System.arraycopy(sums, i, mergedSums, out, middle - i);
        System.arraycopy(documents, j, mergedDocuments, out + middle - i, to - j);
        System.arraycopy(sums, j, mergedSums, out + middle - i, to - j);
    }
}
