package io.retcon.streams.effects;

import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

import java.util.stream.IntStream;

/**
 * The true effect, in standard errors, that Student's two-sided 5 % test finds in 80 % of cases:
 * the non-centrality at which the non-central t distribution exceeds the quantile that often
 * (Cohen, <i>Statistical Power Analysis for the Behavioral Sciences</i>, 1988, section 2.2).
 */
final class DesignPower {
    private static final double POWER = 0.8;
    private static final double LEVEL = 0.05;
    private static final int NODES = 2_000;
    private static final int HALVINGS = 60;

    private DesignPower() {}

    /**
     * @param degrees of freedom of the standard error
     */
    static double detectable(double degrees) {
        double quantile = TDistribution.of(degrees).inverseSurvivalProbability(LEVEL / 2);
        var thresholds = thresholds(quantile, degrees);
        double low = 0;
        double high = 10 * quantile;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (power(middle, thresholds) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** What a mean must exceed, in true standard errors, at equally likely estimates of those. */
    private static double[] thresholds(double quantile, double degrees) {
        var variance = GammaDistribution.of(degrees / 2, 2 / degrees);
        return IntStream.range(0, NODES)
                .mapToDouble(i -> variance.inverseCumulativeProbability((i + 0.5) / NODES))
                .map(ratio -> quantile * Math.sqrt(ratio))
                .toArray();
    }

    private static double power(double effect, double[] thresholds) {
        var normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (double threshold : thresholds) {
            sum += normal.survivalProbability(threshold - effect);
        }
        return sum / thresholds.length;
    }
}
