package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

class PairedEstimateTest {

    @SeededTest(tries = 50)
    void meanSquaresAddUpToTheTotal(Random random) {
        // Given
        int replicates = 2 + random.nextInt(4);
        int items = 2 + random.nextInt(20);
        var table = table(random, replicates, items);
        // When
        var squares = MeanSquares.of(table);
        // Then
        double mean = Arrays.stream(table).flatMapToDouble(Arrays::stream).average().orElseThrow();
        double total =
                Arrays.stream(table)
                        .flatMapToDouble(Arrays::stream)
                        .map(value -> (value - mean) * (value - mean))
                        .sum();
        assertThat(squares.mean()).isCloseTo(mean, within(1e-12));
        assertThat(
                        squares.replicate() * (replicates - 1)
                                + squares.item() * (items - 1)
                                + squares.rest() * (replicates - 1) * (items - 1))
                .isCloseTo(total, within(1e-9));
    }

    @SeededTest(tries = 20)
    void withOneReplicateTheTestIsTheExactPairedPermutationTest(Random random) {
        // Given
        int items = 4 + random.nextInt(7);
        var first = table(random, 1, items);
        var second = table(random, 1, items);
        // When
        double p = PairedEstimate.of(PairedOutcomes.of(first, second), random.nextLong()).p();
        // Then
        double exact = exactSignFlipP(first[0], second[0]);
        assertThat(p).isCloseTo(exact, within(4 * Math.sqrt(exact / PairedEstimate.WORLDS)));
    }

    @SeededTest(tries = 20)
    void swappedArmsMirrorTheEstimateAndTheSameSeedRepeatsIt(Random random) {
        // Given
        var first = table(random, 3, 30);
        var second = table(random, 3, 30);
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.of(first, second), 1);
        var mirrored = PairedEstimate.of(PairedOutcomes.of(second, first), 1);
        // Then
        assertThat(mirrored.estimate()).isCloseTo(-estimate.estimate(), within(1e-12));
        double width = estimate.high() - estimate.low();
        assertThat(mirrored.low()).isCloseTo(-estimate.high(), within(0.05 * width));
        assertThat(mirrored.p()).isCloseTo(estimate.p(), within(0.03));
        assertThat(PairedEstimate.of(PairedOutcomes.of(first, second), 1)).isEqualTo(estimate);
    }

    @SeededTest(tries = 200)
    void whateverTheOutcomesNothingIsEverNaN(Random random) {
        // Given
        int replicates = 1 + random.nextInt(3);
        int items = 1 + random.nextInt(5);
        var arms = new double[3][replicates][items];
        for (var arm : arms) {
            for (var row : arm) {
                Arrays.setAll(row, i -> random.nextInt(2));
            }
        }
        var outcomes = PairedOutcomes.of(arms[0], arms[1], arms[2]);
        // When
        var estimate = PairedEstimate.of(outcomes, 99, 1);
        // Then
        assertThat(
                        new double[] {
                            estimate.estimate(),
                            estimate.low(),
                            estimate.high(),
                            estimate.p(),
                            estimate.minimumDetectable()
                        })
                .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(estimate.low()).isLessThanOrEqualTo(estimate.estimate());
        assertThat(estimate.high()).isGreaterThanOrEqualTo(estimate.estimate());
        assertThat(estimate.p()).isBetween(0.0, 1.0);
    }

    @SeededTest(tries = 20)
    void oneItemThatDiffersGivesNoIntervalOfMillions(Random random) {
        // Given
        int items = 15 + random.nextInt(30);
        var second = new double[1][items];
        var first = new double[1][items];
        first[0][random.nextInt(items)] = 1;
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.of(first, second), random.nextLong());
        // Then
        assertThat(estimate.high() - estimate.low()).isLessThan(10.0 / items);
    }

    @Test
    void replicatesThatDisagreeWidenTheInterval() {
        // Given
        var random = new Random(7);
        var control = table(random, 2, 40);
        var agreeing = shifted(control, -0.5, -0.5);
        var disagreeing = shifted(control, -1.5, 0.5);
        // When
        var narrow = PairedEstimate.of(PairedOutcomes.of(agreeing, table(random, 2, 40)), 1);
        var wide = PairedEstimate.of(PairedOutcomes.of(disagreeing, table(random, 2, 40)), 1);
        // Then
        assertThat(wide.high() - wide.low()).isGreaterThan(3 * (narrow.high() - narrow.low()));
        assertThat(wide.p()).isGreaterThan(0.05);
    }

    private static double exactSignFlipP(double[] first, double[] second) {
        int items = first.length;
        double observed = Math.abs(flippedSum(first, second, 0));
        long extreme =
                IntStream.range(0, 1 << items)
                        .filter(
                                signs ->
                                        Math.abs(flippedSum(first, second, signs))
                                                >= observed - 1e-12)
                        .count();
        return (double) extreme / (1 << items);
    }

    private static double flippedSum(double[] first, double[] second, int signs) {
        return IntStream.range(0, first.length)
                .mapToDouble(i -> (first[i] - second[i]) * ((signs >> i & 1) == 0 ? 1 : -1))
                .sum();
    }

    private static double[][] table(Random random, int replicates, int items) {
        var table = new double[replicates][items];
        for (var row : table) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return table;
    }

    private static double[][] shifted(double[][] table, double... byReplicate) {
        return IntStream.range(0, table.length)
                .mapToObj(r -> Arrays.stream(table[r]).map(v -> v + byReplicate[r]).toArray())
                .toArray(double[][]::new);
    }
}
