package io.retcon.streams.statistics;

import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.stream.IntStream;

/**
 * The true effect that {@link StudentMargin} at 5 % finds in 80 % of interventions of a design
 * (Cohen, <i>Statistical Power Analysis for the Behavioral Sciences</i>, 1988, section 2.2): for
 * replicates alone the non-central t's answer. How replicates come out is averaged over at equally
 * likely places; how items do is taken as known.
 *
 * @param ofReplicates true variance of the mean by replicates, with the rest
 * @param replicates of each arm, two or more
 * @param ofUnits true variance of the mean by items or clusters, with the rest
 * @param beyondRest what of that the rest does not explain
 * @param units items or clusters
 */
record DesignPower(
        double ofReplicates, int replicates, double ofUnits, double beyondRest, int units) {
    private static final double POWER = 0.8;
    private static final double LEVEL = 0.05;
    private static final int NODES = 400;
    private static final double PRECISION = 1e-9;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** As an intervention's own outcomes have it: its variances stand for the true ones. */
    static DesignPower of(StudentMargin margin) {
        return new DesignPower(
                margin.typicalOfReplicates(),
                margin.replicates(),
                margin.typicalOfUnits(),
                margin.typicalBeyondRest(),
                margin.units());
    }

    double detectable() {
        double error = Math.sqrt(ofReplicates + beyondRest);
        if (error == 0) {
            return 0;
        }
        var margins = margins(error);
        double most = 0;
        for (double margin : margins) {
            most = Math.max(most, margin);
        }
        var solver = new BrentSolver(PRECISION, PRECISION, PRECISION);
        return error * solver.findRoot(effect -> power(effect, margins) - POWER, 0, most + 10);
    }

    /** What a mean must exceed, in standard errors, at equally likely outcomes of replicates. */
    private double[] margins(double error) {
        int degrees = replicates - 1;
        double ofReplicate = StudentMargin.quantile(degrees, LEVEL);
        double ofUnit = units > 1 ? StudentMargin.quantile(units - 1, LEVEL) : 0;
        var variance = GammaDistribution.of(degrees / 2.0, 2.0 / degrees);
        return IntStream.range(0, NODES)
                .mapToDouble(i -> variance.inverseCumulativeProbability((i + 0.5) / NODES))
                .map(ratio -> ofReplicate * ofReplicate * ofReplicates * ratio)
                .map(
                        replicate ->
                                Math.max(
                                        replicate + ofUnit * ofUnit * beyondRest,
                                        ofUnit * ofUnit * ofUnits))
                .map(squared -> Math.sqrt(squared) / error)
                .toArray();
    }

    private static double power(double effect, double[] margins) {
        double sum = 0;
        for (double margin : margins) {
            sum += NORMAL.survivalProbability(margin - effect);
        }
        return sum / margins.length;
    }
}
