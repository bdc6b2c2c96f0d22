package io.retcon.streams.statistics;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How a paired difference between two arms varies, and so what a design will be able to find before
 * anything is retrained.
 *
 * @param replicate variance of what one retraining of each arm does to the difference of all items
 * @param item variance of what the arms do to single items in every replicate
 * @param rest variance of an item's difference in one replicate that neither explains
 * @param degrees of freedom with which the first is known
 * @param source what said so, in words
 */
public record RetrainingNoise(
        double replicate, double item, double rest, int degrees, String source) {
    private static final int MOST_REPLICATES = 1_000;

    /**
     * From the original run: neighbouring checkpoints are taken for two retrainings.
     *
     * @param checkpoints outcomes [checkpoint][item] in order, two or more
     */
    public static RetrainingNoise ofCheckpoints(double[][] checkpoints) {
        // Pairs share no checkpoint where there are enough of them, so that they are independent.
        int step = checkpoints.length >= 4 ? 2 : 1;
        var differences =
                IntStream.iterate(0, i -> i + 1 < checkpoints.length, i -> i + step)
                        .mapToObj(i -> difference(checkpoints[i + 1], checkpoints[i]))
                        .toArray(double[][]::new);
        return of(
                MeanSquares.of(differences),
                differences,
                "%d checkpoints of the run".formatted(checkpoints.length));
    }

    private static RetrainingNoise of(MeanSquares squares, double[][] table, String source) {
        int replicates = table.length;
        int items = table[0].length;
        if (replicates == 1) {
            return new RetrainingNoise(0, 0, squares.unit(), 0, source);
        }
        return new RetrainingNoise(
                Math.max(0, squares.replicate() - squares.rest()) / items,
                Math.max(0, squares.unit() - squares.rest()) / replicates,
                squares.rest(),
                replicates - 1,
                source);
    }

    /**
     * From retrainings of one arm each, which differ in nothing but their seeds.
     *
     * @param arms outcomes [replicate][item] of arms with two or more replicates, one or more of
     *     them
     * @param item variance of what arms do to single items, which retrainings of one cannot say
     */
    public static RetrainingNoise ofRetrainings(Collection<double[][]> arms, double item) {
        double replicate = 0;
        double rest = 0;
        int degrees = 0;
        for (var arm : arms) {
            var squares = MeanSquares.of(arm);
            int own = arm.length - 1;
            replicate += own * Math.max(0, squares.replicate() - squares.rest()) / arm[0].length;
            rest += own * squares.rest();
            degrees += own;
        }
        // A difference has the variance of both arms.
        return new RetrainingNoise(
                2 * replicate / degrees,
                item,
                2 * rest / degrees,
                degrees,
                "%d earlier retrainings of the run".formatted(degrees + arms.size()));
    }

    /**
     * The true difference that 80 % of interventions of this design would find at 5 %; infinite
     * with one replicate, which finds nothing.
     *
     * @param items selected
     * @param replicates of each arm
     */
    public double minimumDetectable(int items, int replicates) {
        if (replicates == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double ofRest = rest / items / replicates;
        return new DesignPower(
                        replicate / replicates + ofRest,
                        replicates,
                        item / items + ofRest,
                        item / items,
                        items)
                .detectable();
    }

    /** The fewest replicates that find such an effect; empty where no number does. */
    public OptionalInt replicatesFor(double effect, int items) {
        int enough = 2;
        while (enough <= MOST_REPLICATES && minimumDetectable(items, enough) > effect) {
            enough *= 2;
        }
        if (enough > MOST_REPLICATES) {
            return OptionalInt.empty();
        }
        int tooFew = enough / 2;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (minimumDetectable(items, middle) > effect) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return OptionalInt.of(enough);
    }

    private static double[] difference(double[] later, double[] earlier) {
        return IntStream.range(0, later.length).mapToDouble(i -> later[i] - earlier[i]).toArray();
    }
}
