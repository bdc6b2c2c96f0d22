package io.retcon.streams.statistics;

import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Optional;

/**
 * How far from the truth a mean over replicates and items may lie: Student's margins of both
 * sources of variance, each with its own degrees of freedom, combined by their squares (Graybill
 * and Wang, <i>JASA</i> 75, 1980; MOVER: Zou and Donner, <i>Statistics in Medicine</i> 27, 2008).
 * Satterthwaite's degrees of freedom reject 8 to 14 % where one of two sources has 1 or 2 degrees
 * and happens to come out small.
 *
 * @param ofReplicates variance of the mean by replicates, with the rest
 * @param replicates that said so
 * @param ofUnits variance of the mean by items or clusters, with the rest
 * @param beyondRest what of that the rest does not explain
 * @param units that said so
 * @param arms of shares, whose margins are skewed
 */
record StudentMargin(
        double ofReplicates,
        int replicates,
        double ofUnits,
        double beyondRest,
        int units,
        Optional<ShareArms> arms) {
    /** p below this says no more than that nothing like it happens by chance. */
    private static final double LEAST = 1e-15;

    private static final double PRECISION = 1e-12;

    /** Of outcomes in two replicates or more. */
    static StudentMargin of(PairedOutcomes outcomes) {
        int replicates = outcomes.replicates();
        var squares = MeanSquares.of(outcomes.difference());
        double cells = (double) replicates * outcomes.items();
        double ofReplicates =
                Math.max(squares.replicate() / cells, outcomes.resolution() / replicates);
        var table = outcomes.units();
        int units = table[0].length;
        var ofUnits = MeanSquares.of(table);
        // Pseudo-values of unequal clusters have another mean; deviations are from the estimate.
        double shift = ofUnits.mean() - squares.mean();
        double unit =
                ofUnits.unit() / (replicates * units)
                        + (units > 1 ? shift * shift / (units - 1) : 0);
        return new StudentMargin(
                ofReplicates,
                replicates,
                unit,
                Math.max(0, unit - ofUnits.rest() / (replicates * units)),
                units,
                outcomes.arms());
    }

    /**
     * The margin on one side.
     *
     * @param side 1 above the estimate, −1 below
     * @param alpha two-sided, so that each side errs half as often
     */
    double margin(int side, double alpha) {
        double ofReplicate = quantile(replicates - 1, alpha);
        double stretch = arms.map(both -> both.stretch(side, ofReplicate)).orElse(1.0);
        double ofUnit = units > 1 ? quantile(units - 1, alpha) : 0;
        double replicate = stretch * stretch * ofReplicate * ofReplicate * ofReplicates;
        double unit = ofUnit * ofUnit;
        return Math.sqrt(Math.max(replicate + unit * beyondRest, unit * ofUnits));
    }

    /** The two-sided level at which the margin on a side is just this distance. */
    double p(int side, double distance) {
        if (distance == 0) {
            return 1;
        }
        if (margin(side, LEAST) <= distance) {
            return LEAST;
        }
        var solver = new BrentSolver(PRECISION, PRECISION, PRECISION);
        return Math.exp(
                solver.findRoot(
                        level -> margin(side, Math.exp(level)) - distance, Math.log(LEAST), 0));
    }

    /**
     * {@link #beyondRest} that is as often too large as too small. What few units say of their
     * variance is small more often than not.
     */
    double typicalBeyondRest() {
        return units > 1 ? Math.max(0, typicalOfUnits() - (ofUnits - beyondRest)) : beyondRest;
    }

    /** {@link #ofUnits} likewise. */
    double typicalOfUnits() {
        return units > 1 ? ofUnits / medianOfVariance(units - 1) : ofUnits;
    }

    /** {@link #ofReplicates} likewise. */
    double typicalOfReplicates() {
        return ofReplicates / medianOfVariance(replicates - 1);
    }

    /** Of the variance estimated with so many degrees of freedom, where it is 1. */
    static double medianOfVariance(double degrees) {
        return ChiSquaredDistribution.of(degrees).inverseCumulativeProbability(0.5) / degrees;
    }

    static double quantile(int degrees, double alpha) {
        return TDistribution.of(degrees).inverseSurvivalProbability(alpha / 2);
    }
}
