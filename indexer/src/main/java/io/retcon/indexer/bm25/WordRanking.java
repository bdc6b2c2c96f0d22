package io.retcon.indexer.bm25;

/**
 * The documents that hold one word with what it adds to the score of each, in any order until
 * {@link #order} puts the best first. Not thread-safe.
 */
final class WordRanking {
    private final int[] documents;
    private final long[] weights;
    private int ordered;

    /**
     * @param documents numbers in the window, each once
     * @param weights as {@link ExactScores}
     */
    WordRanking(int[] documents, long[] weights) {
        this.documents = documents;
        this.weights = weights;
    }

    int size() {
        return documents.length;
    }

    int[] documents() {
        return documents;
    }

    long[] weights() {
        return weights;
    }

    /** Puts the best {@code most} first, as far as they are not; how many then stand in order. */
    int order(int most, BestFirst order) {
        int wanted = Math.min(most, documents.length);
        if (ordered < wanted) {
            order.sort(documents, weights, documents.length, wanted);
            ordered = wanted;
        }
        return ordered;
    }
}
