package io.retcon.streams.effects;

import io.retcon.streams.planning.SplitMix64;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Worlds like the one observed, but without an effect, and how far from zero, in standard errors,
 * the mean difference lies in each.
 *
 * <p>A world has two levels. Items are resampled (bootstrap) or their residuals change sign at
 * random (permutation). Two or three replicates cannot be resampled: their effects are drawn,
 * normal, with the observed mean square, itself redrawn by its chi-square, so that a mean square
 * that came out small by luck does not pass for certainty. With one replicate there is only the
 * first level.
 *
 * <p>Worlds are made in batches of a fixed size, each from its own random numbers: how many threads
 * make them changes nothing. Thread-safe.
 */
final class ResampledWorlds {
    private static final int BLOCK = 64;
    private static final int PATTERNS = 256;
    private static final double NOTHING = 1e-12;

    private final int items;
    private final int replicates;
    private final int width;
    private final boolean besides;
    // [item][replicate of the difference, replicate of the one beside, Σ over replicates of the
    // squared difference, replicates · (mean difference)²]
    private final double[] table;
    private final Spread spread;
    private final long seed;
    private final double level; // standard deviation of a replicate's effect

    /**
     * What came of resampling.
     *
     * @param distances |mean / standard error|, ascending
     * @param means of worlds whose replicates differ as much as those observed
     * @param errors the standard errors that these worlds would state
     */
    record Resampled(double[] distances, double[] means, double[] errors) {}

    private ResampledWorlds(double[][] difference, double[][] beside, Spread spread, long seed) {
        this.replicates = difference.length;
        this.items = difference[0].length;
        this.besides = beside.length > 0;
        this.spread = spread;
        this.seed = seed;
        this.level = replicates == 1 ? 0 : level(spread, items);
        width = replicates + beside.length + 2;
        table = new double[items * width];
        for (int i = 0; i < items; i++) {
            double sum = 0;
            double cells = 0;
            for (int r = 0; r < replicates; r++) {
                double value = difference[r][i];
                table[i * width + r] = value;
                cells += value * value;
                sum += value;
                if (besides) {
                    table[i * width + replicates + r] = beside[r][i];
                }
            }
            table[(i + 1) * width - 2] = cells;
            table[(i + 1) * width - 1] = sum * sum / replicates;
        }
    }

    /** Worlds with items drawn with replacement. */
    static Resampled bootstrap(PairedOutcomes outcomes, int worlds, long seed) {
        return residuals(outcomes, seed).draw(worlds, Choice.RESAMPLED);
    }

    /** Distances, ascending, of worlds in which arms changed places, item by item. */
    static double[] signFlips(PairedOutcomes outcomes, int worlds, long seed) {
        // Without replicate effects to remove first, flipping the differences themselves is exact.
        var table =
                outcomes.replicates() == 1
                        ? new ResampledWorlds(
                                outcomes.difference(), new double[0][], Spread.of(outcomes), seed)
                        : residuals(outcomes, seed);
        return table.draw(worlds, Choice.FLIPPED).distances();
    }

    private enum Choice {
        RESAMPLED(32),
        FLIPPED(1_024);

        private final int batch;

        Choice(int batch) {
            this.batch = batch;
        }
    }

    private static ResampledWorlds residuals(PairedOutcomes outcomes, long seed) {
        return new ResampledWorlds(
                withoutReplicates(outcomes.difference()),
                outcomes.replicates() == 1
                        ? new double[0][]
                        : outcomes.beside()
                                .map(ResampledWorlds::withoutReplicates)
                                .orElse(new double[0][]),
                Spread.of(outcomes),
                seed);
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

    private static double level(Spread spread, int items) {
        double unbiased = meanOfDeviation(spread.replicateDegrees());
        double beyondRest = spread.replicate() / (unbiased * unbiased) - spread.rest();
        return Math.sqrt(Math.max(0, beyondRest) / items);
    }

    /** Of the standard deviation estimated with so many degrees of freedom, where it is 1. */
    private static double meanOfDeviation(int degrees) {
        return Math.sqrt(2.0 / degrees)
                * Math.exp(LogGamma.value((degrees + 1) / 2.0) - LogGamma.value(degrees / 2.0));
    }

    private Resampled draw(int worlds, Choice choice) {
        var drawn = new Resampled(new double[worlds], new double[worlds], new double[worlds]);
        IntStream.range(0, (worlds + choice.batch - 1) / choice.batch)
                .parallel()
                .forEach(batch -> new Batch(batch, choice).into(drawn));
        Arrays.sort(drawn.distances);
        return drawn;
    }

    /** Some worlds, side by side so that the sums over items run over all of them at once. */
    private final class Batch {
        private final int first;
        private final UniformRandomProvider random;
        private final SharedStateContinuousSampler normal;
        private final int worlds;
        private final double[] sums; // [column][world]
        private final double[] difference = new double[replicates];
        private final double[] beside = new double[replicates];
        private final double[] normals = new double[2 * replicates];

        Batch(int number, Choice choice) {
            worlds = choice.batch;
            sums = new double[width * worlds];
            first = number * worlds;
            random = RandomSource.XO_SHI_RO_256_PP.create(SplitMix64.output(seed, number));
            normal = ZigguratSampler.NormalizedGaussian.of(random);
            switch (choice) {
                case RESAMPLED -> resample();
                case FLIPPED -> flip();
            }
        }

        private void resample() {
            var times = new int[worlds][items];
            for (var ofWorld : times) {
                for (int draw = 0; draw < items; draw++) {
                    ofWorld[random.nextInt(items)]++;
                }
            }
            var block = new double[BLOCK * worlds];
            for (int from = 0; from < items; from += BLOCK) {
                int to = Math.min(items, from + BLOCK);
                for (int world = 0; world < worlds; world++) {
                    for (int i = from; i < to; i++) {
                        block[(i - from) * worlds + world] = times[world][i];
                    }
                }
                add(block, from, to);
            }
        }

        /** Adds items from … to−1, each as often as {@code times} [item][world] says. */
        private void add(double[] times, int from, int to) {
            for (int i = from; i < to; i++) {
                for (int column = 0; column < width; column++) {
                    double value = table[i * width + column];
                    int sum = column * worlds;
                    int time = (i - from) * worlds;
                    for (int world = 0; world < worlds; world++) {
                        sums[sum + world] += value * times[time + world];
                    }
                }
            }
        }

        /**
         * Eight items at a time: each of their 256 patterns of signs is summed once for all worlds
         * (the method of four Russians).
         */
        private void flip() {
            var patterns = new double[PATTERNS * width];
            var ofWorlds = new double[worlds * width]; // [world][column]
            long bits = 0;
            for (int from = 0; from < items; from += Byte.SIZE) {
                fill(patterns, from);
                for (int world = 0; world < worlds; world++) {
                    bits = (world & 3) == 0 ? random.nextLong() : bits >>> 2 * Byte.SIZE;
                    int to = world * width;
                    int pattern = ((int) bits & 0xFF) * width;
                    int patternBeside = ((int) bits >>> Byte.SIZE & 0xFF) * width;
                    for (int column = 0; column < replicates; column++) {
                        ofWorlds[to + column] += patterns[pattern + column];
                    }
                    for (int column = replicates; column < width - 2; column++) {
                        ofWorlds[to + column] += patterns[patternBeside + column];
                    }
                }
            }
            for (int column = 0; column < width - 2; column++) {
                for (int world = 0; world < worlds; world++) {
                    sums[column * worlds + world] = ofWorlds[world * width + column];
                }
            }
            for (int column = width - 2; column < width; column++) {
                double sum = 0;
                for (int i = 0; i < items; i++) {
                    sum += table[i * width + column];
                }
                Arrays.fill(sums, column * worlds, (column + 1) * worlds, sum);
            }
        }

        /** [pattern][column]: item {@code from + bit} is subtracted where the bit is set. */
        private void fill(double[] patterns, int from) {
            int count = Math.min(Byte.SIZE, items - from);
            Arrays.fill(patterns, 0, width, 0);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                for (int pattern = (1 << bit) - 1; pattern >= 0; pattern--) {
                    int plus = pattern * width;
                    int minus = (pattern | 1 << bit) * width;
                    for (int column = 0; column < width - 2; column++) {
                        double value = bit < count ? table[(from + bit) * width + column] : 0;
                        double sum = patterns[plus + column];
                        patterns[minus + column] = sum - value;
                        patterns[plus + column] = sum + value;
                    }
                }
            }
        }

        void into(Resampled drawn) {
            int count = Math.min(worlds, drawn.distances.length - first);
            for (int world = 0; world < count; world++) {
                measure(world, drawn);
            }
        }

        private void measure(int world, Resampled drawn) {
            for (int r = 0; r < replicates; r++) {
                difference[r] = sums[r * worlds + world] / items;
                beside[r] = besides ? sums[(replicates + r) * worlds + world] / items : 0;
            }
            var squares =
                    MeanSquares.of(
                            difference,
                            sums[(width - 1) * worlds + world],
                            sums[(width - 2) * worlds + world],
                            items);
            int at = first + world;
            if (replicates == 1) {
                double variance = squares.item() / items;
                drawn.distances[at] = distance(squares.mean(), variance);
                drawn.means[at] = squares.mean();
                drawn.errors[at] = Math.sqrt(variance);
                return;
            }
            for (int i = 0; i < normals.length; i++) {
                normals[i] = normal.sample();
            }
            double excess = Math.max(0, squares.item() - squares.rest());
            double uncertain = Math.sqrt(spread.replicate() / items) * replicateScale();
            drawn.distances[at] = distance(mean(uncertain), variance(uncertain, excess));
            drawn.means[at] = mean(level);
            drawn.errors[at] = Math.sqrt(variance(level, excess));
        }

        private double mean(double scale) {
            double sum = 0;
            for (int r = 0; r < replicates; r++) {
                sum += difference[r] + scale * normals[r];
            }
            return sum / replicates;
        }

        private double variance(double scale, double excess) {
            double replicate = between(difference, scale, 0);
            if (besides) {
                replicate = (replicate + between(beside, scale, replicates)) / 2;
            }
            return (replicate + excess) / (items * replicates);
        }

        /** The mean square between replicates of which each has its normal number. */
        private double between(double[] ofReplicate, double scale, int from) {
            double sum = 0;
            double squares = 0;
            for (int r = 0; r < replicates; r++) {
                sum += ofReplicate[r] + scale * normals[from + r];
            }
            for (int r = 0; r < replicates; r++) {
                double deviation = ofReplicate[r] + scale * normals[from + r] - sum / replicates;
                squares += deviation * deviation;
            }
            return items * squares / (replicates - 1);
        }

        /**
         * By how much a replicate's standard deviation exceeds the observed one, drawn from its
         * posterior under a uniform prior (Gelman, <i>Prior distributions for variance
         * parameters</i>, 2006): one degree of freedom fewer than the mean square has, where it can
         * spare one.
         */
        private double replicateScale() {
            double chiSquare = 0;
            for (int i = 0; i < Math.max(1, spread.replicateDegrees() - 1); i++) {
                double z = normal.sample();
                chiSquare += z * z;
            }
            return Math.sqrt(spread.replicateDegrees() / chiSquare);
        }
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
