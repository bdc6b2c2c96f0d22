package io.retcon.streams.effects;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

import java.util.Arrays;

/**
 * Worlds like the one observed, but without an effect, and how far from zero, in standard errors,
 * the mean difference lies in each.
 *
 * <p>A world has two levels. Items are resampled (bootstrap) or their residuals change sign at
 * random (permutation). Two or three replicates cannot be resampled: their effects are drawn,
 * normal, with the observed mean square, itself redrawn by its chi-square, so that a mean square
 * that came out small by luck does not pass for certainty. With one replicate there is only the
 * first level. Not thread-safe.
 */
final class ResampledWorlds {
    private static final double NOTHING = 1e-12;

    private final int items;
    private final int replicates;
    private final boolean besides;
    private final double[] flat; // [item][replicate of the difference, replicate of the one beside]
    private final double[] cells; // [item] Σ over replicates of the squared difference
    private final double[] means; // [item] replicates · (mean difference)²
    private final Spread spread;
    private final UniformRandomProvider random;
    private final SharedStateContinuousSampler normal;

    private ResampledWorlds(
            double[][] difference, double[][] beside, Spread spread, UniformRandomProvider random) {
        this.replicates = difference.length;
        this.items = difference[0].length;
        this.besides = beside.length > 0;
        this.spread = spread;
        this.random = random;
        this.normal = ZigguratSampler.NormalizedGaussian.of(random);
        int width = replicates + beside.length;
        flat = new double[items * width];
        cells = new double[items];
        means = new double[items];
        for (int i = 0; i < items; i++) {
            double sum = 0;
            for (int r = 0; r < replicates; r++) {
                double value = difference[r][i];
                flat[i * width + r] = value;
                cells[i] += value * value;
                sum += value;
                if (besides) {
                    flat[i * width + replicates + r] = beside[r][i];
                }
            }
            means[i] = sum * sum / replicates;
        }
    }

    /** Sorted |mean / standard error| of worlds with items drawn with replacement. */
    static double[] bootstrap(PairedOutcomes outcomes, int worlds, UniformRandomProvider random) {
        return residuals(outcomes, random).draw(worlds, Choice.RESAMPLED);
    }

    /** Sorted |mean / standard error| of worlds in which arms changed places, item by item. */
    static double[] signFlips(PairedOutcomes outcomes, int worlds, UniformRandomProvider random) {
        // Without replicate effects to remove first, flipping the differences themselves is exact.
        var table =
                outcomes.replicates() == 1
                        ? new ResampledWorlds(
                                outcomes.difference(), new double[0][], Spread.of(outcomes), random)
                        : residuals(outcomes, random);
        return table.draw(worlds, Choice.FLIPPED);
    }

    private enum Choice {
        RESAMPLED,
        FLIPPED
    }

    private static ResampledWorlds residuals(
            PairedOutcomes outcomes, UniformRandomProvider random) {
        return new ResampledWorlds(
                withoutReplicates(outcomes.difference()),
                outcomes.replicates() == 1
                        ? new double[0][]
                        : outcomes.beside()
                                .map(ResampledWorlds::withoutReplicates)
                                .orElse(new double[0][]),
                Spread.of(outcomes),
                random);
    }

    private static double[][] withoutReplicates(double[][] table) {
        return Arrays.stream(table)
                .map(
                        row -> {
                            double mean = MeanSquares.mean(row);
                            return Arrays.stream(row).map(value -> value - mean).toArray();
                        })
                .toArray(double[][]::new);
    }

    private double[] draw(int worlds, Choice choice) {
        var distances = new double[worlds];
        for (int world = 0; world < worlds; world++) {
            distances[world] =
                    switch (choice) {
                        case RESAMPLED -> resampled();
                        case FLIPPED -> flipped();
                    };
        }
        Arrays.sort(distances);
        return distances;
    }

    private double resampled() {
        int width = flat.length / items;
        var sums = new double[width];
        double sumOfCells = 0;
        double sumOfMeans = 0;
        for (int draw = 0; draw < items; draw++) {
            int item = random.nextInt(items);
            for (int column = 0; column < width; column++) {
                sums[column] += flat[item * width + column];
            }
            sumOfCells += cells[item];
            sumOfMeans += means[item];
        }
        return distance(sums, sumOfMeans, sumOfCells);
    }

    private double flipped() {
        int width = flat.length / items;
        var sums = new double[width];
        double sumOfCells = 0;
        double sumOfMeans = 0;
        long signs = 0;
        for (int item = 0; item < items; item++) {
            if ((item & 31) == 0) {
                signs = random.nextLong();
            }
            double sign = 1 - 2 * (signs & 1);
            double signBeside = 1 - (signs & 2);
            signs >>>= 2;
            for (int r = 0; r < replicates; r++) {
                sums[r] += sign * flat[item * width + r];
            }
            for (int column = replicates; column < width; column++) {
                sums[column] += signBeside * flat[item * width + column];
            }
            sumOfCells += cells[item];
            sumOfMeans += means[item];
        }
        return distance(sums, sumOfMeans, sumOfCells);
    }

    private double distance(double[] sums, double sumOfMeans, double sumOfCells) {
        var difference = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            difference[r] = sums[r] / items;
        }
        var squares = MeanSquares.of(difference, sumOfMeans, sumOfCells, items);
        if (replicates == 1) {
            return distance(squares.mean(), squares.item() / items);
        }
        double scale = replicateScale();
        for (int r = 0; r < replicates; r++) {
            difference[r] += scale * normal.sample();
        }
        double replicate = between(difference);
        if (besides) {
            var beside = new double[replicates];
            for (int r = 0; r < replicates; r++) {
                beside[r] = sums[replicates + r] / items + scale * normal.sample();
            }
            replicate = (replicate + between(beside)) / 2;
        }
        double excess = Math.max(0, squares.item() - squares.rest());
        return distance(MeanSquares.mean(difference), (replicate + excess) / (items * replicates));
    }

    /**
     * The standard deviation of a replicate's effect, drawn from its posterior under a uniform
     * prior (Gelman, <i>Prior distributions for variance parameters</i>, 2006): one degree of
     * freedom fewer than the mean square has, where it can spare one.
     */
    private double replicateScale() {
        double chiSquare = 0;
        for (int degree = 0; degree < Math.max(1, spread.replicateDegrees() - 1); degree++) {
            double z = normal.sample();
            chiSquare += z * z;
        }
        return Math.sqrt(spread.replicate() / items * spread.replicateDegrees() / chiSquare);
    }

    /** The mean square between replicates whose means are {@code ofReplicate}. */
    private double between(double[] ofReplicate) {
        double mean = MeanSquares.mean(ofReplicate);
        double squares = 0;
        for (double value : ofReplicate) {
            squares += (value - mean) * (value - mean);
        }
        return items * squares / (replicates - 1);
    }

    private double distance(double mean, double variance) {
        if (mean == 0) {
            return 0;
        }
        // What rounding leaves of a variance of nothing would pass for a tiny error.
        return variance <= NOTHING * spread.variance()
                ? Double.POSITIVE_INFINITY
                : Math.abs(mean) / Math.sqrt(variance);
    }
}
