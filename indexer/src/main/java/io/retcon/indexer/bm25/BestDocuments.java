package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * The k best documents of those offered: by score descending, then by document ascending. Keeps up
 * to 2k and then drops what lies below the k best, which costs less than a heap when k is large.
 */
public final class BestDocuments {
    private static final int FEW = 1 << 10;

    /** From here on counting is faster than comparing. */
    private static final int MANY = 1 << 8;

    private static final int PARTS = 1 << 11;

    private final int k;
    private int[] documents;
    private double[] scores;
    private int size;
    private double lowest;
    private double highest;
    private double least = Double.NEGATIVE_INFINITY;

    public BestDocuments(int k) {
        if (k < 1 || k > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("k is " + k);
        }
        this.k = k;
        this.documents = new int[Math.min(2 * k, FEW)];
        this.scores = new double[documents.length];
    }

    public void clear() {
        size = 0;
        least = Double.NEGATIVE_INFINITY;
    }

    /** Each document at most once; a score may be negative, but is a number. */
    public void offer(int document, double score) {
        if (score < least) {
            return;
        }
        if (size == documents.length) {
            makeRoom();
        }
        documents[size] = document;
        scores[size++] = score;
    }

    /** What a score must reach to be kept, as far as that is known. */
    public double least() {
        return least;
    }

    /**
     * Puts the best first; to be called before they are read.
     *
     * @param order lent for this
     */
    public void sort(ScoreOrder order) {
        if (size > k + k / 2) {
            dropLow();
        }
        if (size < MANY || !hasFiniteRange()) {
            sort(0, size - 1);
        } else {
            var parts = order.sort(documents, scores, size, lowest, highest);
            for (int from = 0; from < size; ) {
                from = sortPart(parts, from);
            }
        }
        size = Math.min(size, k);
    }

    /** Sorts those that {@link ScoreOrder} does not tell apart; where the next ones start. */
    private int sortPart(ScoreParts parts, int from) {
        int part = parts.of(scores[from]);
        boolean sorted = true;
        boolean tied = true;
        int to = from + 1;
        while (to < size && parts.of(scores[to]) == part) {
            sorted &= before(to - 1, to);
            tied &= scores[to] == scores[from];
            to++;
        }
        if (!sorted && tied) {
            Arrays.sort(documents, from, to);
        } else if (!sorted) {
            sort(from, to - 1);
        }
        return to;
    }

    /** How many there are, at most k. */
    public int size() {
        return size;
    }

    public int document(int rank) {
        return documents[rank];
    }

    public double score(int rank) {
        return scores[rank];
    }

    /** A copy of the first {@code count}. */
    public int[] documents(int count) {
        return Arrays.copyOf(documents, count);
    }

    /** A copy of the first {@code count}. */
    public double[] scores(int count) {
        return Arrays.copyOf(scores, count);
    }

    private void makeRoom() {
        if (size == 2 * k) {
            dropLow();
            return;
        }
        int grown = (int) Math.min(2L * k, 2L * size);
        documents = Arrays.copyOf(documents, grown);
        scores = Arrays.copyOf(scores, grown);
    }

    /**
     * Drops what is surely not among the best: all below the part of the scores' range that the
     * k-th best lies in. Only where that part holds many is it searched for the k-th best itself.
     */
    private void dropLow() {
        if (hasFiniteRange()) {
            dropLowParts();
        }
        if (size > k + k / 2) {
            keepBest();
        }
        least = scores[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, scores[i]);
        }
    }

    private void dropLowParts() {
        var parts = ScoreParts.of(lowest, highest, PARTS);
        var partSizes = new int[PARTS];
        for (int i = 0; i < size; i++) {
            partSizes[parts.of(scores[i])]++;
        }
        int last = 0;
        for (int kept = partSizes[0]; kept < k; kept += partSizes[last]) {
            last++;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double score = scores[i];
            documents[kept] = documents[i];
            scores[kept] = score;
            kept += parts.of(score) <= last ? 1 : 0;
        }
        size = kept;
    }

    private boolean hasFiniteRange() {
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            lowest = Math.min(lowest, scores[i]);
            highest = Math.max(highest, scores[i]);
        }
        return highest - lowest < Double.POSITIVE_INFINITY;
    }

    /** By quickselect. */
    private void keepBest() {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = partition(low, high);
            if (middle >= k - 1) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        size = k;
    }

    private void sort(int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = partition(low, high);
            // The shorter part first, so that the stack stays small.
            if (middle - low < high - middle) {
                sort(low, middle);
                low = middle + 1;
            } else {
                sort(middle + 1, high);
                high = middle;
            }
        }
    }

    /** Hoare's: what is at or before the answer goes before all that is after it. */
    private int partition(int low, int high) {
        int pivot = medianOfThree(low, low + high >>> 1, high);
        int document = documents[pivot];
        double score = scores[pivot];
        int i = low - 1;
        int j = high + 1;
        while (true) {
            do {
                i++;
            } while (before(scores[i], documents[i], score, document));
            do {
                j--;
            } while (before(score, document, scores[j], documents[j]));
            if (i >= j) {
                return j; // Before high, as the pivot is not the last of three.
            }
            swap(i, j);
        }
    }

    private int medianOfThree(int x, int y, int z) {
        boolean xy = before(x, y);
        boolean yz = before(y, z);
        if (xy == yz) {
            return y;
        }
        return before(x, z) == xy ? z : x;
    }

    private boolean before(int x, int y) {
        return before(scores[x], documents[x], scores[y], documents[y]);
    }

    private static boolean before(
            double score, int document, double otherScore, int otherDocument) {
        return score > otherScore || score == otherScore && document < otherDocument;
    }

    private void swap(int i, int j) {
        int document = documents[i];
        double score = scores[i];
        documents[i] = documents[j];
        scores[i] = scores[j];
        documents[j] = document;
        scores[j] = score;
    }
}
