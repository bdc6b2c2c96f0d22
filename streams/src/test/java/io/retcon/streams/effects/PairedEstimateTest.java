package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
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

    @SeededTest(tries = 20)
    void withOneReplicateClustersOfOneSizeChangePlacesAsTheyAre(Random random) {
        // Given: pairs of items
        int clusters = 4 + random.nextInt(6);
        var first = table(random, 1, 2 * clusters);
        var second = table(random, 1, 2 * clusters);
        var pairs = IntStream.range(0, 2 * clusters).map(i -> i / 2).toArray();
        // When
        double p =
                PairedEstimate.of(
                                PairedOutcomes.of(first, second).clustered(pairs),
                                random.nextLong())
                        .p();
        // Then
        double exact = exactSignFlipP(sums(first[0]), sums(second[0]));
        assertThat(p).isCloseTo(exact, within(4 * Math.sqrt(exact / PairedEstimate.WORLDS)));
    }

    @SeededTest(tries = 20)
    void clustersKeepTheMeanAndClustersOfOneItemChangeNothing(Random random) {
        // Given
        int items = 5 + random.nextInt(40);
        var outcomes = PairedOutcomes.of(table(random, 3, items), table(random, 3, items));
        var own = IntStream.range(0, items).toArray();
        var shared = IntStream.range(0, items).map(i -> i < 3 ? i : random.nextInt(3)).toArray();
        // When
        var alone = outcomes.clustered(own);
        var together = outcomes.clustered(shared);
        // Then
        for (int r = 0; r < 3; r++) {
            assertThat(alone.difference()[r])
                    .containsExactly(outcomes.difference()[r], within(1e-12));
            assertThat(MeanSquares.mean(together.difference()[r]))
                    .isCloseTo(MeanSquares.mean(outcomes.difference()[r]), within(1e-12));
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws Exception {
        // Given
        var random = new Random(3);
        var outcomes =
                PairedOutcomes.of(table(random, 3, 50), table(random, 3, 50), table(random, 3, 50));
        // When
        PairedEstimate alone;
        try (var one = new ForkJoinPool(1)) {
            alone = one.submit(() -> PairedEstimate.of(outcomes, 7)).get();
        }
        // Then
        assertThat(alone).isEqualTo(PairedEstimate.of(outcomes, 7));
    }

    @SeededTest(tries = 10)
    void theOrderOfItemsChangesOnlyWhichOfThemAreDrawn(Random random) {
        // Given
        var first = table(random, 3, 30);
        var second = table(random, 3, 30);
        // When
        var there = PairedEstimate.of(PairedOutcomes.of(first, second), 1);
        var back = PairedEstimate.of(PairedOutcomes.of(reversed(first), reversed(second)), 1);
        // Then
        assertThat(back.estimate()).isCloseTo(there.estimate(), within(1e-12));
        assertThat(back.standardError()).isCloseTo(there.standardError(), within(1e-12));
        assertThat(back.p()).isCloseTo(there.p(), within(0.03));
    }

    private static double[] sums(double[] values) {
        return IntStream.range(0, values.length / 2)
                .mapToDouble(i -> values[2 * i] + values[2 * i + 1])
                .toArray();
    }

    private static double[][] reversed(double[][] table) {
        return Arrays.stream(table)
                .map(
                        row ->
                                IntStream.range(0, row.length)
                                        .mapToDouble(i -> row[row.length - 1 - i])
                                        .toArray())
                .toArray(double[][]::new);
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
