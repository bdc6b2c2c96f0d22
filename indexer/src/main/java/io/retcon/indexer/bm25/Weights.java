package io.retcon.indexer.bm25;

/** The documents that hold one word, ascending, and what it adds to the score of each. */
record Weights(int[] documents, double[] weights) {}
