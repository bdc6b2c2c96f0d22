package io.retcon.indexer.dense;

/** Takes what is found for each question, in the questions' order. */
@FunctionalInterface
public interface RankedDocuments {
    /**
     * One question's documents: by inner product descending, then in document order.
     *
     * @param scores one a document
     */
    void accept(int question, int[] documents, double[] scores);
}
