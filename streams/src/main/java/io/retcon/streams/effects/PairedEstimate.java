package io.retcon.streams.effects;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;

/**
 * A mean difference between two arms, how sure it is, and how small a difference would have shown.
 *
 * <p>The model: difference of an item in a replicate = effect + item + replicate + rest. The mean's
 * variance is estimated from mean squares (Searle, Casella, McCulloch, <i>Variance Components</i>,
 * 1992, chapter 4); the mean square between replicates is pooled over the orthogonal contrasts of
 * the arms, which takes it from 1 to 2 degrees of freedom with two replicates of three arms.
 *
 * <p>Interval: hierarchical bootstrap over items and replicates, studentized and symmetric (Efron
 * and Tibshirani, <i>An Introduction to the Bootstrap</i>, 1993, section 12.5). Resampling two
 * replicates would know half of their variance (Owen, <i>The pigeonhole bootstrap</i>, 2007,
 * section 4), so their level is drawn instead, see {@link ResampledWorlds}.
 *
 * <p>p: paired permutation test. Arms change places item by item; with one replicate this is exact,
 * with more it is done on the residuals of the replicates (ter Braak, <i>Permutation versus
 * bootstrap significance tests</i>, 1992), with the studentized mean as statistic (Janssen,
 * <i>Studentized permutation tests</i>, 1997).
 *
 * <p>Minimum detectable: the true effect that 80 % of interventions of this design would find, a
 * property of the design and of the true variances. It is estimated without bias from worlds of the
 * observed variances, in each of which the error, too, is estimated anew: for a normal mean that is
 * the non-central t distribution's answer, and with few replicates much more than 2.8 standard
 * errors.
 *
 * @param estimate mean difference, first arm minus second
 * @param low lower end of the 95 % interval
 * @param high its upper end
 * @param p two-sided
 * @param minimumDetectable true difference that 80 % of such interventions find at 5 %
 * @param standardError of the estimate; 0 if nothing varied
 */
public record PairedEstimate(
        double estimate,
        double low,
        double high,
        double p,
        double minimumDetectable,
        double standardError) {
    public static final double LEVEL = 0.95;
    static final int WORLDS = 9_999;
    private static final int WORLDS_AT_LEAST = 1_999;
    private static final int DRAWS = 2_000_000;
    private static final double POWER = 0.8;
    private static final double TIE = 1e-9;

    /**
     * Deterministic in the outcomes and the seed, whatever the threads.
     *
     * @param outcomes of two arms, over items or over clusters of them
     */
    public static PairedEstimate of(PairedOutcomes outcomes, long seed) {
        return of(outcomes, worlds(outcomes.items()), seed);
    }

    /**
     * The same from so many resampled worlds.
     *
     * @param worlds of each of bootstrap and permutation
     */
    public static PairedEstimate of(PairedOutcomes outcomes, int worlds, long seed) {
        var spread = Spread.of(outcomes);
        double estimate = spread.mean();
        double error = spread.standardError();
        if (error == 0) {
            double p = estimate == 0 ? 1 : Math.pow(2, 1 - outcomes.items());
            return new PairedEstimate(estimate, estimate, estimate, p, 0, 0);
        }
        var resampled = ResampledWorlds.bootstrap(outcomes, worlds, seed);
        double quantile = quantile(resampled.distances(), TDistribution.of(spread.degrees()));
        double p =
                share(
                        ResampledWorlds.signFlips(outcomes, worlds, ~seed),
                        Math.abs(estimate) / error);
        return new PairedEstimate(
                estimate,
                estimate - quantile * error,
                estimate + quantile * error,
                p,
                minimumDetectable(resampled, quantile),
                error);
    }

    /** Fewer for thousands of items, whose mean is all but normal: a second and not ten. */
    private static int worlds(int items) {
        return Math.clamp(DRAWS / items, WORLDS_AT_LEAST, WORLDS);
    }

    /** A world finds every effect that lifts its mean beyond the quantile of its own errors. */
    private static double minimumDetectable(ResampledWorlds.Resampled resampled, double quantile) {
        var least = new double[resampled.means().length];
        for (int world = 0; world < least.length; world++) {
            least[world] = quantile * resampled.errors()[world] - resampled.means()[world];
        }
        Arrays.sort(least);
        return least[(int) Math.ceil(POWER * least.length) - 1];
    }

    private static double quantile(double[] sorted, TDistribution student) {
        double quantile = sorted[(int) Math.ceil(LEVEL * (sorted.length + 1)) - 1];
        // Worlds of one item drawn again and again have no variance: few of them make it infinite.
        return Double.isFinite(quantile)
                ? quantile
                : student.inverseSurvivalProbability((1 - LEVEL) / 2);
    }

    private static double share(double[] sorted, double distance) {
        int below = 0;
        while (below < sorted.length && sorted[below] < distance * (1 - TIE)) {
            below++;
        }
        return (1.0 + sorted.length - below) / (sorted.length + 1.0);
    }
}
