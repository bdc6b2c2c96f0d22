package io.retcon.indexer.bm25;

/**
 * A query's best documents, by score descending, then by document ascending. Immutable as long as
 * nobody writes to its arrays.
 *
 * @param documents numbers in the window
 * @param scores one a document
 */
public record Ranking(int[] documents, double[] scores) {}
