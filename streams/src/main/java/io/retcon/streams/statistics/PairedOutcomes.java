package io.retcon.streams.statistics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What two arms made of the same items in the same replicates, or a linear contrast of more arms.
 *
 * @param difference [replicate][item]
 * @param reach farthest that an item's mean difference can lie from 0; infinite where values have
 *     no bounds
 * @param resolution variance of a replicate's mean that rounding alone can hide
 * @param arms shares of both arms in each replicate; empty where values are no shares
 * @param cluster item to its cluster, 0 to the number of clusters − 1, none of them empty; each
 *     item is its own where nothing says more
 */
public record PairedOutcomes(
        double[][] difference,
        double reach,
        double resolution,
        Optional<ShareArms> arms,
        int[] cluster) {
    public PairedOutcomes {
        requireNonNull(difference, "difference is null");
        requireNonNull(arms, "arms is null");
        requireNonNull(cluster, "cluster is null");
        if (difference.length == 0 || difference[0].length == 0) {
            throw new IllegalArgumentException("nothing is paired: no replicate or no item");
        }
    }

    /** Values without bounds [replicate][item] of two arms, known to single precision. */
    public static PairedOutcomes ofMargins(double[][] first, double[][] second) {
        var difference = minus(first, second);
        double rounding = rounding(Math.max(largest(first), largest(second)));
        return new PairedOutcomes(
                difference, Double.POSITIVE_INFINITY, rounding, Optional.empty(), each(difference));
    }

    /** Outcomes between 0 and 1 [replicate][item] of two arms. */
    public static PairedOutcomes ofShares(double[][] first, double[][] second) {
        var difference = minus(first, second);
        return new PairedOutcomes(
                difference,
                1,
                roundingOfShares(difference, 1),
                Optional.of(ShareArms.of(first, second)),
                each(difference));
    }

    /** A linear contrast [replicate][item] of values without bounds. */
    public static PairedOutcomes ofMarginContrast(double[][] values) {
        return new PairedOutcomes(
                values,
                Double.POSITIVE_INFINITY,
                rounding(largest(values)),
                Optional.empty(),
                each(values));
    }

    /**
     * A linear contrast [replicate][item] of outcomes between 0 and 1.
     *
     * @param reach farthest that an item's mean can lie from 0
     */
    public static PairedOutcomes ofShareContrast(double[][] values, double reach) {
        return new PairedOutcomes(
                values, reach, roundingOfShares(values, reach), Optional.empty(), each(values));
    }

    /** The same, of items that are alike inside a cluster. */
    public PairedOutcomes clustered(int[] cluster) {
        return new PairedOutcomes(difference, reach, resolution, arms, cluster);
    }

    /** The same of some of the items, each for itself. */
    public PairedOutcomes only(int[] items) {
        var some = only(difference, items);
        double scale = (double) difference[0].length / items.length;
        return new PairedOutcomes(
                some,
                reach,
                Double.isInfinite(reach) ? resolution : resolution * scale * scale,
                arms.map(both -> both.only(items)),
                each(some));
    }

    public int replicates() {
        return difference.length;
    }

    public int items() {
        return difference[0].length;
    }

    int clusters() {
        return Arrays.stream(cluster).max().orElseThrow() + 1;
    }

    /** Every item's mean over replicates. */
    double[] itemMeans() {
        return IntStream.range(0, items())
                .mapToDouble(
                        i ->
                                Arrays.stream(difference)
                                        .mapToDouble(row -> row[i])
                                        .average()
                                        .orElse(0))
                .toArray();
    }

    /**
     * Units [replicate][cluster] whose spread is that of the mean over clusters of unequal sizes:
     * the jackknife's pseudo-values (Efron and Tibshirani, <i>An Introduction to the Bootstrap</i>,
     * 1993, section 11.5). Where each item stands for itself they are the differences.
     */
    double[][] units() {
        int clusters = clusters();
        var sizes = new int[clusters];
        Arrays.stream(cluster).forEach(of -> sizes[of]++);
        return clusters == items() || clusters == 1
                ? difference
                : Arrays.stream(difference)
                        .map(row -> pseudoValues(row, sizes))
                        .toArray(double[][]::new);
    }

    private double[] pseudoValues(double[] row, int[] sizes) {
        var sums = new double[sizes.length];
        for (int i = 0; i < row.length; i++) {
            sums[cluster[i]] += row[i];
        }
        double all = Arrays.stream(sums).sum();
        return IntStream.range(0, sizes.length)
                .mapToDouble(
                        k ->
                                sizes.length * all / row.length
                                        - (sizes.length - 1)
                                                * (all - sums[k])
                                                / (row.length - sizes[k]))
                .toArray();
    }

    /** A mean of shares is a whole number of items: uniform between two of those (Sheppard). */
    private static double roundingOfShares(double[][] table, double reach) {
        double step = reach / table[0].length;
        return step * step / 12;
    }

    private static double rounding(double largest) {
        double step = Math.ulp((float) largest);
        return step * step / 12;
    }

    private static double largest(double[][] table) {
        return Arrays.stream(table).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    }

    private static int[] each(double[][] table) {
        return IntStream.range(0, table[0].length).toArray();
    }

    static double[][] only(double[][] table, int[] items) {
        return Arrays.stream(table)
                .map(row -> Arrays.stream(items).mapToDouble(item -> row[item]).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] minus(double[][] a, double[][] b) {
        return IntStream.range(0, a.length)
                .mapToObj(
                        r ->
                                IntStream.range(0, a[r].length)
                                        .mapToDouble(i -> a[r][i] - b[r][i])
                                        .toArray())
                .toArray(double[][]::new);
    }
}
