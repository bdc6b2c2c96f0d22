package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;

/**
 * What two arms made of the same items in the same replicates, as differences [replicate][item].
 *
 * <p>{@code beside} is a contrast orthogonal to the difference, made with an arm that takes no part
 * in it, and scaled to the difference's variance: it says nothing about the effect, only about how
 * much retrainings differ from one another.
 */
public record PairedOutcomes(double[][] difference, Optional<double[][]> beside) {
    public PairedOutcomes {
        requireNonNull(difference, "difference is null");
        requireNonNull(beside, "beside is null");
        if (difference.length == 0 || difference[0].length == 0) {
            throw new IllegalArgumentException("nothing is paired: no replicate or no item");
        }
    }

    /** Outcomes [replicate][item] of two arms, in the same order of replicates and items. */
    public static PairedOutcomes of(double[][] first, double[][] second) {
        return new PairedOutcomes(combine(first, second, 1, -1), Optional.empty());
    }

    /**
     * Outcomes [replicate][item] of two arms and of a third that was retrained beside them. It says
     * with the other two how much retrainings differ: two degrees of freedom with two replicates
     * instead of one, so Student's quantile is 4.3 instead of 12.7.
     */
    public static PairedOutcomes of(double[][] first, double[][] second, double[][] third) {
        // Var(third − (first+second)/2) is 3/4 of Var(first − second) for arms of equal variance.
        double scale = Math.sqrt(4.0 / 3);
        var middle = combine(first, second, 0.5, 0.5);
        return new PairedOutcomes(
                combine(first, second, 1, -1), Optional.of(combine(third, middle, scale, -scale)));
    }

    /**
     * The same difference over clusters instead of items, for items that are alike inside a
     * cluster: each cluster's value is the replicate's mean plus what the cluster adds to it
     * (Taylor's linearization of a mean over clusters of unequal sizes: Davison and Hinkley,
     * <i>Bootstrap Methods and their Application</i>, 1997, sections 2.7 and 3.8).
     *
     * @param cluster item to its cluster, 0 to the number of clusters − 1, none of them empty
     */
    public PairedOutcomes clustered(int[] cluster) {
        return new PairedOutcomes(
                clustered(difference, cluster), beside.map(table -> clustered(table, cluster)));
    }

    /** The same of some of the items. */
    PairedOutcomes only(int[] items) {
        return new PairedOutcomes(only(difference, items), beside.map(table -> only(table, items)));
    }

    private static double[][] only(double[][] table, int[] items) {
        return Arrays.stream(table)
                .map(row -> Arrays.stream(items).mapToDouble(item -> row[item]).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] clustered(double[][] table, int[] cluster) {
        int clusters = Arrays.stream(cluster).max().orElseThrow() + 1;
        var values = new double[table.length][clusters];
        double share = (double) clusters / cluster.length;
        for (int r = 0; r < table.length; r++) {
            double mean = MeanSquares.mean(table[r]);
            Arrays.fill(values[r], mean);
            for (int i = 0; i < cluster.length; i++) {
                values[r][cluster[i]] += share * (table[r][i] - mean);
            }
        }
        return values;
    }

    int replicates() {
        return difference.length;
    }

    int items() {
        return difference[0].length;
    }

    private static double[][] combine(double[][] a, double[][] b, double weightA, double weightB) {
        var sum = new double[a.length][a[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int i = 0; i < a[r].length; i++) {
                sum[r][i] = weightA * a[r][i] + weightB * b[r][i];
            }
        }
        return sum;
    }
}
