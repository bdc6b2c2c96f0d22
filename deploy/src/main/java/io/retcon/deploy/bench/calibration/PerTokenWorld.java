package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
    private static final int MANY = 50_000;

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        var tokens = tokens(random);
        var gain = gain(random);
        return PairedOutcomes.ofShares(
                arm(tokens, gain, effect, random), arm(tokens, gain, 0, random));
    }

    private int[][] tokens(RandomGenerator random) {
        var tokens = new int[items][CHOICES];
        for (var of : tokens) {
            Arrays.setAll(of, _ -> 1 + random.nextInt(LONGEST));
        }
        return tokens;
    }

    private double[] gain(RandomGenerator random) {
        return Arrays.stream(MarginWorld.gaussians(items, 1, random)).map(of -> 1 + of).toArray();
    }

    private double[][] arm(int[][] tokens, double[] gain, double shift, RandomGenerator random) {
        var right = lead(tokens, gain, random);
        for (var row : right) {
            Arrays.setAll(row, i -> row[i] + shift >= 0 ? 1 : 0);
        }
        return right;
    }

    /** How far the gold choice is ahead of the best other one [replicate][item]. */
    private double[][] lead(int[][] tokens, double[] gain, RandomGenerator random) {
        var onItem = MarginWorld.gaussians(items, 0.3, random);
        var lead = new double[replicates][items];
        for (var row : lead) {
            double ofAll = ofReplicate * random.nextGaussian();
            for (int i = 0; i < items; i++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int c = 1; c < CHOICES; c++) {
                    best = Math.max(best, perToken(tokens[i][c], random));
                }
                row[i] = gain[i] + onItem[i] + ofAll + perToken(tokens[i][0], random) - best;
            }
        }
        return lead;
    }

    private static double perToken(int tokens, RandomGenerator random) {
        return random.nextGaussian() / Math.sqrt(tokens);
    }

    @Override
    public double truth() {
        return 0;
    }

    /** The shift of the gold choice that takes such a share of many answers below the best. */
    @Override
    public World planted(double share) {
        var many = new PerTokenWorld(1, 1, ofReplicate, 0);
        var random = new SplittableRandom(1);
        var leads =
                IntStream.range(0, MANY)
                        .mapToDouble(
                                _ ->
                                        many.lead(many.tokens(random), many.gain(random), random)[
                                                0][0])
                        .sorted()
                        .toArray();
        int wrong = -(Arrays.binarySearch(leads, 0) + 1);
        int more = (int) Math.min(MANY - 1, wrong + Math.abs(share) * MANY);
        return new PerTokenWorld(items, replicates, ofReplicate, -leads[more]);
    }
}
