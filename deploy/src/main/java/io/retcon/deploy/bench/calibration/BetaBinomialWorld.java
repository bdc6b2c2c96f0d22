package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.random.RandomGenerator;

/**
 * Shares that no logit scale made: each retraining of an arm has a chance of its own, beta about
 * the arm's mean, and each item of each arm has one, beta about the retraining's.
 *
 * @param means of the treated and the control arm
 * @param ofReplicate the two parameters' sum for retrainings: the smaller, the more they differ
 * @param ofItem the same for items
 */
record BetaBinomialWorld(
        int items, int replicates, double[] means, double ofReplicate, double ofItem)
        implements World {
    private static final double LEAST = 1e-3;

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        return PairedOutcomes.ofShares(arm(means[0], random), arm(means[1], random));
    }

    /** An item's place among the chances is the same in every retraining. */
    private double[][] arm(double mean, RandomGenerator random) {
        var place = new double[items];
        for (int i = 0; i < items; i++) {
            place[i] = Draws.beta(mean * ofItem, (1 - mean) * ofItem, random);
        }
        var right = new double[replicates][items];
        for (var row : right) {
            double chance = Draws.beta(mean * ofReplicate, (1 - mean) * ofReplicate, random);
            for (int i = 0; i < items; i++) {
                // Of mean chance, and between 0 and 1 whatever both are.
                double own =
                        chance < mean
                                ? place[i] * chance / mean
                                : 1 - (1 - place[i]) * (1 - chance) / (1 - mean);
                row[i] = random.nextDouble() < own ? 1 : 0;
            }
        }
        return right;
    }

    @Override
    public double truth() {
        return means[0] - means[1];
    }

    @Override
    public World planted(double effect) {
        double mean = Math.max(LEAST, means[1] - Math.abs(effect));
        return new BetaBinomialWorld(
                items, replicates, new double[] {mean, means[1]}, ofReplicate, ofItem);
    }
}
