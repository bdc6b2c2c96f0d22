package io.retcon.indexer.dense;

/**
 * What is looked for: a question's documents of the largest inner products.
 *
 * @param k documents a question, at most; all there are, if there are fewer
 * @param threshold the lowest inner product that counts, or −∞
 */
public record Nearest(int k, double threshold) {
    public Nearest {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k);
        }
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold is no number");
        }
    }
}
