package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.random.RandomGenerator;

/**
 * Right where the gold choice's log-likelihood, divided by its tokens, is above that of three
 * others: choices of 1 to 6 tokens, each token's log-likelihood normal around what the item, the
 * arm and the retraining make of it.
 *
 * @param ofReplicate standard deviation of what a retraining adds to the gold choice
 */
record PerTokenWorld(int items, int replicates, double ofReplicate, double effect)
        implements World {
    private static final int CHOICES = 4;
    private static final int LONGEST = 6;

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        var tokens = new int[items][CHOICES];
        var gain = new double[items];
        for (int i = 0; i < items; i++) {
            gain[i] = 1 + random.nextGaussian();
            for (int c = 0; c < CHOICES; c++) {
                tokens[i][c] = 1 + random.nextInt(LONGEST);
            }
        }
        return PairedOutcomes.ofShares(
                arm(tokens, gain, effect, random), arm(tokens, gain, 0, random));
    }

    private double[][] arm(int[][] tokens, double[] gain, double shift, RandomGenerator random) {
        var onItem = MarginWorld.gaussians(items, 0.3, random);
        var right = new double[replicates][items];
        for (var row : right) {
            double ofAll = shift + ofReplicate * random.nextGaussian();
            for (int i = 0; i < items; i++) {
                double gold = gain[i] + onItem[i] + ofAll + perToken(tokens[i][0], random);
                row[i] = 1;
                for (int c = 1; c < CHOICES; c++) {
                    row[i] = perToken(tokens[i][c], random) > gold ? 0 : row[i];
                }
            }
        }
        return right;
    }

    private static double perToken(int tokens, RandomGenerator random) {
        return random.nextGaussian() / Math.sqrt(tokens);
    }

    @Override
    public double truth() {
        return 0;
    }

    /** A shift of the gold choice that changes about that share: its slope is near a quarter. */
    @Override
    public World planted(double share) {
        return new PerTokenWorld(items, replicates, ofReplicate, -4 * Math.abs(share));
    }
}
