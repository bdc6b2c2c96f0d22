package io.retcon.streams.statistics;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Interventions of one design whose outcomes are shares, imagined at other effects: how often the
 * test of {@link PairedTest} finds them.
 *
 * <p>Shares vary where they are, so an effect changes how arms vary. Retrainings are normal on the
 * logit scale, items' outcomes in them binomial, and what items differ by is a part of share · (1 −
 * share) that moves with it. The imagined outcomes are drawn once and used for all effects, so that
 * nothing is random.
 *
 * @param arms each arm as the data have it
 * @param replicates of each arm
 * @param items in each replicate
 * @param beyondRest variance of the mean difference by items or clusters, as the data have it
 * @param units items or clusters
 */
record ShareDesign(Arms arms, int replicates, int items, double beyondRest, int units) {
    private static final double POWER = 0.8;
    private static final double LEVEL = 0.05;
    private static final int DRAWS = 500;
    private static final int STEPS = 32;

    /**
     * Of all that an arm can change by. Farther out, all retrainings come out alike, and what would
     * be found is the end of the range.
     */
    private static final double FARTHEST = 0.95;

    private static final int HALVINGS = 6;
    private static final long SEED = 25;

    ShareDesign {
        requireNonNull(arms, "arms is null");
    }

    /** Both arms. */
    record Arms(ShareArm first, ShareArm second) {}

    static ShareDesign of(ShareArms shares, StudentMargin margin) {
        double first = ShareArm.ofLogits(shares.first());
        double second = ShareArm.ofLogits(shares.second());
        double median = StudentMargin.medianOfVariance(degrees(first, second, margin.replicates()));
        return new ShareDesign(
                new Arms(ShareArm.of(shares.first(), median), ShareArm.of(shares.second(), median)),
                margin.replicates(),
                shares.first()[0].length,
                margin.typicalBeyondRest(),
                margin.units());
    }

    /** Of the sum of two arms' variances (Satterthwaite, 1946). */
    private static double degrees(double first, double second, int replicates) {
        double sum = first + second;
        double squares = first * first + second * second;
        return (replicates - 1) * (squares > 0 ? sum * sum / squares : 2);
    }

    /**
     * The smallest change of the first arm, away from the second's share to where there is more
     * room, that is found often enough; empty where none is.
     */
    OptionalDouble detectable() {
        var luck = luck();
        double share = arms.second.share();
        double room = FARTHEST * Math.max(share, 1 - share);
        for (int step = 1; step <= STEPS; step++) {
            double high = room * step / STEPS;
            if (power(high, luck) >= POWER) {
                double low = room * (step - 1) / STEPS;
                for (int i = 0; i < HALVINGS; i++) {
                    double middle = (low + high) / 2;
                    if (power(middle, luck) >= POWER) {
                        high = middle;
                    } else {
                        low = middle;
                    }
                }
                return OptionalDouble.of(high);
            }
        }
        return OptionalDouble.empty();
    }

    private double[][] luck() {
        var random = new SplittableRandom(SEED);
        return IntStream.range(0, DRAWS)
                .mapToObj(
                        _ ->
                                IntStream.range(0, 2 + 4 * replicates)
                                        .mapToDouble(_ -> random.nextGaussian())
                                        .toArray())
                .toArray(double[][]::new);
    }

    private double power(double effect, double[][] luck) {
        double share = arms.second.share();
        var moved = arms.first.at(share >= 0.5 ? share - effect : share + effect);
        double growth =
                Math.max(
                        1,
                        (moved.spread() + arms.second.spread())
                                / (arms.first.spread() + arms.second.spread()));
        double saturation = Math.sqrt(moved.betweenItems()) - Math.sqrt(arms.second.betweenItems());
        double beyond = Math.max(beyondRest * growth, saturation * saturation / items);
        double rest = (moved.withinItems() + arms.second.withinItems()) / items / replicates;
        double ofReplicate = StudentMargin.quantile(replicates - 1, LEVEL);
        double ofUnit = units > 1 ? StudentMargin.quantile(units - 1, LEVEL) : 0;
        int found = 0;
        for (var z : luck) {
            double ofItems = Math.sqrt(beyond) * z[0];
            var first = moved.shares(z, 2, replicates, items, ofItems);
            var second = arms.second.shares(z, 2 + 2 * replicates, replicates, items, 0);
            double mean = MeanSquares.mean(first) - MeanSquares.mean(second);
            int side = mean < 0 ? 1 : -1;
            double stretch = ShareArms.stretch(first, second, items, side, ofReplicate);
            double unit = (beyond + rest) * ratio(z[1]);
            double replicate = stretch * stretch * ofReplicate * ofReplicate * of(first, second);
            double squared =
                    Math.max(
                            replicate + ofUnit * ofUnit * Math.max(0, unit - rest),
                            ofUnit * ofUnit * unit);
            if (mean * mean > squared
                    && UnseenItem.leavesLess(
                            Math.abs(mean), (beyond + rest) * items, items, LEVEL)) {
                found++;
            }
        }
        return (double) found / luck.length;
    }

    /** Variance of the mean difference by replicates, never less than rounding. */
    private double of(double[] first, double[] second) {
        var difference = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            difference[r] = first[r] - second[r];
        }
        double squares = MeanSquares.squares(difference, MeanSquares.mean(difference));
        return Math.max(squares / (replicates - 1), 1.0 / 12 / items / items) / replicates;
    }

    /** Chi-square over its degrees of freedom (Wilson and Hilferty, 1931). */
    private double ratio(double z) {
        double small = 2.0 / 9 / Math.max(1, units - 1);
        double root = Math.max(0, 1 - small + z * Math.sqrt(small));
        return root * root * root;
    }
}
