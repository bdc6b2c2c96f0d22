package io.retcon.indexer.bm25;

import java.util.BitSet;

/**
 * What words that several queries share add to the documents that hold any of them, and the best
 * documents by these words alone. Immutable.
 */
final class SharedRanking {
    /** So many for each of a query's own are merged with them one by one. */
    private static final int FEW = 4;

    /** Of no words. */
    static final SharedRanking NONE = new SharedRanking(new int[0], new long[0], 0, new double[0]);

    private final int[] documents;
    private final long[] sums;
    private final long least;
    private final double[] scores;

    private SharedRanking(int[] documents, long[] sums, long least, double[] scores) {
        this.documents = documents;
        this.sums = sums;
        this.least = least;
        this.scores = scores;
    }

    /**
     * @param documents each once, the best first and in order, at least as many as are wanted
     * @param sums one a document, as {@link ExactScores}
     * @param k documents a query
     */
    static SharedRanking of(int[] documents, long[] sums, int k) {
        var scores = new double[Math.min(k, documents.length)];
        for (int rank = 0; rank < scores.length; rank++) {
            scores[rank] = ExactScores.score(sums[rank]);
        }
        long least = scores.length < k ? 0 : ExactScores.rounded(sums[k - 1]);
        return new SharedRanking(documents, sums, least, scores);
    }

    /** In the order of the ranking, then those that are not among the best. */
    int[] documents() {
        return documents;
    }

    /** One a document, exact. */
    long[] sums() {
        return sums;
    }

    /** How many are ranked. */
    int ranked() {
        return scores.length;
    }

    /** What a document must reach if it is to be among the best of a query with these words. */
    long least() {
        return least;
    }

    long bytes() {
        return 12L * documents.length + 8L * scores.length;
    }

    /**
     * The best of these and of a query's own.
     *
     * @param own each not below {@link #least}
     * @param displaced ranks of the documents that {@code own} has, or whose sums are no longer
     *     these
     * @param gone how many are displaced
     * @param k at most
     */
    Ranking with(Runs own, BitSet displaced, int gone, int k) {
        if (ranked() <= FEW * own.size()) {
            addTo(own, displaced);
            own.merge();
            return own.best(k);
        }
        own.merge();
        return among(own, displaced, gone, k);
    }

    private void addTo(Runs own, BitSet displaced) {
        own.makeRoom(ranked());
        int[] runDocuments = own.documents();
        long[] runSums = own.sums();
        int end = own.size();
        for (int rank = 0; rank < ranked(); rank++) {
            runDocuments[end] = documents[rank];
            runSums[end] = ExactScores.rounded(sums[rank]);
            end += displaced.get(rank) ? 0 : 1;
        }
        own.end(end);
    }

    /** For few own documents: what lies between two of them is copied at once. */
    private Ranking among(Runs own, BitSet displaced, int gone, int k) {
        int size = own.size();
        int length = Math.min(k, ranked() - gone + size);
        var intoDocuments = new int[length];
        var intoScores = new double[length];
        var into = new Ranking(intoDocuments, intoScores);
        int[] ownDocuments = own.documents();
        long[] ownSums = own.sums();
        int rank = 0;
        int out = 0;
        for (int i = 0; i < size && out < length; i++) {
            double score = ExactScores.score(ownSums[i]);
            int next = firstAfter(score, ownDocuments[i], rank);
            out = copy(rank, next, displaced, into, out);
            rank = next;
            if (out < length) {
                intoDocuments[out] = ownDocuments[i];
                intoScores[out++] = score;
            }
        }
        copy(rank, ranked(), displaced, into, out);
        return into;
    }

    /** The first rank from {@code from} on that comes after a document; in strides, then halves. */
    private int firstAfter(double score, int document, int from) {
        int low = from;
        int high = from;
        for (int stride = 1; high < scores.length && isBefore(high, score, document); stride *= 2) {
            low = high + 1;
            high += stride;
        }
        high = Math.min(high, scores.length);
        while (low < high) {
            int middle = low + high >>> 1;
            if (isBefore(middle, score, document)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBefore(int rank, double score, int document) {
        return scores[rank] > score || scores[rank] == score && documents[rank] < document;
    }

    /** Copies ranks but for the displaced, as far as there is room; the place after the last. */
    private int copy(int from, int to, BitSet displaced, Ranking into, int out) {
        int place = out;
        for (int at = from; at < to && place < into.scores().length; ) {
            int gone = displaced.nextSetBit(at);
            int stop = gone < 0 || gone > to ? to : gone;
            int count = Math.min(stop - at, into.scores().length - place);
            System.arraycopy(documents, at, into.documents(), place, count);
            System.arraycopy(scores, at, into.scores(), place, count);
            place += count;
            at = stop + 1;
        }
        return place;
    }
}
