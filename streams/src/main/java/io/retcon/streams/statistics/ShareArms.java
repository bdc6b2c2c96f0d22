package io.retcon.streams.statistics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Outcomes of two arms between 0 and 1, and how much farther an interval reaches on one side than
 * on the other because shares near 0 and 1 are skewed.
 *
 * <p>Retrainings vary alike on the logit scale, so a share of 0.95 can have been 0.8 far more
 * easily than 0.99. Each arm's limit is taken on that scale and brought back, and the two arms'
 * distances are combined by their squares (MOVER: Zou and Donner, <i>Statistics in Medicine</i> 27,
 * 2008).
 *
 * @param first [replicate][item]
 * @param second [replicate][item]
 */
record ShareArms(double[][] first, double[][] second) {
    /** Added to both sides of a count, so that none of them is empty (Haldane and Anscombe). */
    private static final double HALF = 0.5;

    private static final double ROUNDING = 1.0 / 12;

    /**
     * Student's 97.5 % quantile of two degrees of freedom. With one degree it is 12.7, and so far
     * out the logit scale says no more than that shares end at 0 and 1.
     */
    private static final double FARTHEST = 4.303;

    /** So near that the ratio of distances is that of their slopes. */
    private static final double NEAREST = 1e-4;

    ShareArms {
        requireNonNull(first, "first is null");
        requireNonNull(second, "second is null");
    }

    static ShareArms of(double[][] first, double[][] second) {
        return new ShareArms(first, second);
    }

    ShareArms only(int[] items) {
        return new ShareArms(PairedOutcomes.only(first, items), PairedOutcomes.only(second, items));
    }

    /**
     * How many times farther than a symmetric interval, never less than 1.
     *
     * @param side 1 for the upper limit of the difference, −1 for the lower
     * @param quantile Student's, which says how far an interval reaches in standard errors
     */
    double stretch(int side, double quantile) {
        return stretch(shares(first), shares(second), first[0].length, side, quantile);
    }

    /** The same of the arms' shares in each replicate. */
    static double stretch(double[] first, double[] second, int items, int side, double quantile) {
        double farthest = Math.clamp(quantile, NEAREST, FARTHEST);
        var one = Limit.of(first, items, side, farthest);
        var other = Limit.of(second, items, -side, farthest);
        return Math.max(
                1,
                Math.hypot(one.skewed, other.skewed) / Math.hypot(one.symmetric, other.symmetric));
    }

    private static double[] shares(double[][] outcomes) {
        return Arrays.stream(outcomes).mapToDouble(MeanSquares::mean).toArray();
    }

    /** A share that is neither 0 nor 1. */
    static double inside(double share, int items) {
        return (share * items + HALF) / (items + 2 * HALF);
    }

    static double logit(double share) {
        return Math.log(share / (1 - share));
    }

    /**
     * How far an arm's limit lies from its share, by the logit scale and by a symmetric interval.
     */
    private record Limit(double skewed, double symmetric) {
        static Limit of(double[] shares, int items, int side, double quantile) {
            var logits = new double[shares.length];
            for (int r = 0; r < logits.length; r++) {
                logits[r] = logit(inside(shares[r], items));
            }
            double middle = inside(MeanSquares.mean(shares), items);
            double rounding = ROUNDING / items / items;
            double deviation = Math.sqrt(variance(shares) + rounding);
            double ofLogits = Math.sqrt(variance(logits));
            double errors = quantile / Math.sqrt(shares.length);
            double limit = 1 / (1 + Math.exp(-logit(middle) - side * errors * ofLogits));
            return new Limit(Math.abs(limit - middle), errors * deviation);
        }

        private static double variance(double[] values) {
            return MeanSquares.squares(values, MeanSquares.mean(values)) / (values.length - 1);
        }
    }
}
