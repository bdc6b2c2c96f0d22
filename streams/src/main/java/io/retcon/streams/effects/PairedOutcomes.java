package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What two arms made of the same items in the same replicates, as differences [replicate][item].
 *
 * <p>{@code beside} is a contrast orthogonal to the difference, made with an arm that takes no part
 * in it, and scaled to the difference's variance: it says nothing about the effect, only about how
 * much retrainings differ from one another.
 */
record PairedOutcomes(double[][] difference, Optional<double[][]> beside) {
    PairedOutcomes {
        requireNonNull(difference, "difference is null");
        requireNonNull(beside, "beside is null");
        if (difference.length == 0 || difference[0].length == 0) {
            throw new IllegalArgumentException("nothing is paired: no replicate or no item");
        }
    }

    /** Outcomes [replicate][item] of two arms. */
    static PairedOutcomes of(double[][] first, double[][] second) {
        return new PairedOutcomes(combine(first, second, 1, -1), Optional.empty());
    }

    /** Outcomes [replicate][item] of two arms and of a third that was retrained beside them. */
    static PairedOutcomes of(double[][] first, double[][] second, double[][] third) {
        // Var(third − (first+second)/2) is 3/4 of Var(first − second) for arms of equal variance.
        double scale = Math.sqrt(4.0 / 3);
        var middle = combine(first, second, 0.5, 0.5);
        return new PairedOutcomes(
                combine(first, second, 1, -1), Optional.of(combine(third, middle, scale, -scale)));
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
