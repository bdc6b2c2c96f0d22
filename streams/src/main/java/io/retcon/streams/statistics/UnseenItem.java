package io.retcon.streams.statistics;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;

import java.util.Map;
import java.util.TreeMap;

/**
 * What so few items could have hidden: limits of the mean of bounded values, which hold even where
 * none of them differs.
 *
 * <p>Items get random weights, uniform over all that add up to 1, and beside them stands a part of
 * an item that lies at the far end of the range. Gaffke (2005) and Learned-Miller and Thomas (2020)
 * take a whole one, which turns into Clopper's and Pearson's interval for values of two kinds; a
 * part is to it as the mid-p and Jeffreys's interval, which takes a half, are to theirs. Simulated
 * worlds hold from a quarter on. With 0.6 two items of 21 that differ by a half have p ≥ 0.5, as in
 * the exact sign-flip test.
 *
 * @param counts value to the number of items that have it
 * @param reach farthest that values can lie from 0
 */
record UnseenItem(Map<Double, Integer> counts, double reach) {
    private static final double PART = 0.6;
    private static final double PRECISION = 1e-10;

    /** Values closer than this are one: what adding in another order leaves. */
    private static final double SAME = 1e12;

    static UnseenItem of(double[] values, double reach) {
        var counts = new TreeMap<Double, Integer>();
        for (double value : values) {
            double bounded = Math.clamp(Math.round(value * SAME) / SAME, -reach, reach);
            counts.merge(bounded + 0.0, 1, Integer::sum);
        }
        return new UnseenItem(counts, reach);
    }

    /**
     * Whether items of such a mean, above 0, and such a variance leave a mean of 0 less likely than
     * a level: weighted items are taken for one gamma variable of the same mean and variance, and
     * the reach for 1.
     */
    static boolean leavesLess(double mean, double variance, int items, double alpha) {
        double scale = mean + variance / mean;
        double shape = items * mean / scale;
        double place = scale / (1 + scale);
        return 2 * RegularizedBeta.complement(place, PART, shape) < alpha;
    }

    /** Two-sided p of a hypothetical mean within the reach. */
    double p(double mean) {
        return Math.min(1, 2 * Math.min(likely(1, mean), likely(-1, mean)));
    }

    /**
     * The limit of the mean on a side.
     *
     * @param side 1 above the estimate, −1 below
     * @param alpha two-sided
     */
    double limit(int side, double alpha) {
        double mean = mean();
        if (Math.abs(side * reach - mean) < PRECISION) {
            return side * reach;
        }
        var solver = new BrentSolver(PRECISION, PRECISION, PRECISION);
        double distance =
                solver.findRoot(
                        of -> likely(side, mean + side * of) - alpha / 2, 0, reach - side * mean);
        return mean + side * distance;
    }

    int items() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double mean() {
        double sum = 0;
        int items = 0;
        for (var of : counts.entrySet()) {
            sum += of.getKey() * of.getValue();
            items += of.getValue();
        }
        return sum / items;
    }

    /** How likely weighted items and the unseen part lie on that side of a mean. */
    private double likely(int side, double mean) {
        var weights = new double[counts.size() + 1];
        var shapes = new double[weights.length];
        int j = 0;
        for (var of : counts.entrySet()) {
            weights[j] = side * (of.getKey() - mean);
            shapes[j++] = of.getValue();
        }
        weights[j] = reach - side * mean;
        shapes[j] = PART;
        return new GammaSum(weights, shapes).notNegative();
    }
}
