package io.retcon.indexer.bm25;

/**
 * Scores as whole numbers of 2⁻⁴⁰, which add up exactly: in any order and any grouping to the same
 * bits. A weight is off by at most half of that, 4.6 · 10⁻¹³, or by one where it would be nothing,
 * so a score of q words by at most q · 2⁻⁴⁰. Sums are exact up to 2²³, which takes a query of
 * 400,000 words; from 2¹³ on, what a double cannot hold is rounded once, at the end.
 */
final class ExactScores {
    private static final double UNITS = 0x1p40;

    private ExactScores() {}

    /** At least one, so that whoever holds a word has a score. */
    static long units(double weight) {
        return Math.max(1, (long) (weight * UNITS + 0.5));
    }

    static double score(long units) {
        return units / UNITS;
    }

    /** As many as the score of a sum says, so that equal scores are equal here too. */
    static long rounded(long units) {
        return (long) (double) units;
    }
}
