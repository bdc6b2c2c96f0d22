package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;

class PairedEstimateTest {

    @SeededTest(tries = 50)
    void meanSquaresAddUpToTheTotal(Random random) {
        // Given
        int replicates = 2 + random.nextInt(4);
        int items = 2 + random.nextInt(20);
        var table = margins(random, replicates, items);
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
                                + squares.unit() * (items - 1)
                                + squares.rest() * (replicates - 1) * (items - 1))
                .isCloseTo(total, within(1e-9));
    }

    @SeededTest(tries = 200)
    void zeroLiesOutsideTheIntervalExactlyWherePIsBelowFivePerCent(Random random) {
        // Given
        var outcomes = any(random);
        // When
        var estimate = PairedEstimate.of(outcomes);
        // Then
        boolean outside = estimate.low() > 0 || estimate.high() < 0;
        assertThat(outside)
                .as("%s", estimate)
                .isEqualTo(estimate.p() < 0.05)
                .isEqualTo(PairedTest.of(outcomes).rejects(0, 0.05));
        assertThat(estimate.low()).isLessThanOrEqualTo(estimate.estimate());
        assertThat(estimate.high()).isGreaterThanOrEqualTo(estimate.estimate());
    }

    @SeededTest(tries = 100)
    void theOrderOfReplicatesAndItemsChangesNothing(Random random) {
        // Given
        int replicates = 2 + random.nextInt(4);
        int items = 2 + random.nextInt(30);
        var first = shares(random, replicates, items, random.nextDouble());
        var second = shares(random, replicates, items, random.nextDouble());
        var order = shuffled(items, random);
        var turn = shuffled(replicates, random);
        // When
        var there = PairedEstimate.of(PairedOutcomes.ofShares(first, second));
        var back =
                PairedEstimate.of(
                        PairedOutcomes.ofShares(
                                ordered(first, turn, order), ordered(second, turn, order)));
        // Then
        assertSame(there, back, 1);
    }

    @SeededTest(tries = 100)
    void swappedArmsMirrorTheEstimate(Random random) {
        // Given
        int items = 2 + random.nextInt(30);
        var first = shares(random, 3, items, random.nextDouble());
        var second = shares(random, 3, items, random.nextDouble());
        // When
        var there = PairedEstimate.of(PairedOutcomes.ofShares(first, second));
        var back = PairedEstimate.of(PairedOutcomes.ofShares(second, first));
        // Then
        assertThat(back.estimate()).isCloseTo(-there.estimate(), within(1e-12));
        assertThat(back.low()).isCloseTo(-there.high(), within(1e-7));
        assertThat(back.high()).isCloseTo(-there.low(), within(1e-7));
    }

    @SeededTest(tries = 100)
    void marginsInOtherUnitsGiveTheSameInThoseUnits(Random random) {
        // Given
        int items = 2 + random.nextInt(30);
        var first = margins(random, 3, items);
        var second = margins(random, 3, items);
        double unit = Math.pow(2, random.nextInt(20) - 10);
        // When
        var one = PairedEstimate.of(PairedOutcomes.ofMargins(first, second));
        var other =
                PairedEstimate.of(
                        PairedOutcomes.ofMargins(scaled(first, unit), scaled(second, unit)));
        // Then
        assertSame(one, other, unit);
    }

    /** SciPy 1.17.1: {@code stats.ttest_1samp}, where every item of a replicate says the same. */
    @Test
    void itemsThatAgreeLeaveStudentsTestOverReplicates() {
        // Given
        var first = new double[3][20];
        Arrays.fill(first[0], 0.1);
        Arrays.fill(first[1], 0.5);
        Arrays.fill(first[2], 0.3);
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.ofMargins(first, new double[3][20]));
        // Then
        assertThat(estimate.p()).isCloseTo(0.12168993434632017, within(1e-6));
        assertThat(estimate.low()).isCloseTo(-0.19682754235006605, within(1e-6));
        assertThat(estimate.high()).isCloseTo(0.796827542350066, within(1e-6));
    }

    /** One of 21 items wrong in each replicate, another one each time: nothing is shown. */
    @Test
    void anItemWrongInEachReplicateIsNoEffect() {
        // Given
        var treated = filled(2, 21, 1);
        treated[0][3] = 0;
        treated[1][7] = 0;
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.ofShares(treated, filled(2, 21, 1)));
        // Then
        assertThat(estimate.p()).isGreaterThanOrEqualTo(0.5);
        assertThat(estimate.minimumDetectable()).isGreaterThan(0.05);
        assertThat(estimate.low()).isLessThan(-0.1);
    }

    @Test
    void theMoreItemsChangeTheSurerItIs() {
        // Given
        int items = 40;
        var right = filled(3, items, 1);
        double p = 1;
        double high = 1;
        for (int wrong = 0; wrong <= items; wrong++) {
            var treated = filled(3, items, 1);
            for (var row : treated) {
                Arrays.fill(row, 0, wrong, 0);
            }
            // When
            var estimate = PairedEstimate.of(PairedOutcomes.ofShares(treated, right));
            // Then
            assertThat(estimate.p()).as("%d wrong", wrong).isLessThanOrEqualTo(p);
            assertThat(estimate.high()).as("%d wrong", wrong).isLessThan(high);
            p = estimate.p();
            high = estimate.high();
        }
        assertThat(p).isLessThan(0.001);
    }

    @Test
    void certaintyDoesNotFallWhereEverythingChanges() {
        // Given
        var right = filled(3, 60, 1);
        var nearly = filled(3, 60, 0);
        for (var row : nearly) {
            Arrays.fill(row, 0, 3, 1);
        }
        // When
        var all = PairedEstimate.of(PairedOutcomes.ofShares(filled(3, 60, 0), right));
        var most = PairedEstimate.of(PairedOutcomes.ofShares(nearly, right));
        // Then
        assertThat(all.high()).isLessThan(most.high());
        assertThat(all.high() - all.low()).isLessThan(most.high() - most.low());
    }

    @Test
    void aConstantDifferenceIsCertainButNotInfinitely() {
        // Given
        var first = new double[3][30];
        var second = new double[3][30];
        for (int r = 0; r < 3; r++) {
            for (int i = 0; i < 30; i++) {
                second[r][i] = i + 10.0 * r;
                first[r][i] = second[r][i] + 0.1;
            }
        }
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.ofMargins(first, second));
        // Then
        assertThat(estimate.p()).isBetween(1e-15, 1e-6);
        assertThat(estimate.high()).isGreaterThan(estimate.estimate());
        assertThat(estimate.low()).isCloseTo(0.1, within(1e-4));
    }

    @Test
    void oneReplicateHasAnEstimateAndNothingElse() {
        // Given
        var one = PairedOutcomes.ofShares(filled(1, 9, 1), filled(1, 9, 0));
        // When
        var estimate = PairedEstimate.of(one);
        // Then
        assertThat(estimate.estimate()).isEqualTo(1);
        assertThat(estimate.isKnown()).isFalse();
        assertThat(estimate.low()).isNaN();
        assertThat(estimate.high()).isNaN();
        assertThat(estimate.minimumDetectable()).isNaN();
    }

    @SeededTest(tries = 50)
    void clustersOfOneItemAreItems(Random random) {
        // Given
        int items = 2 + random.nextInt(20);
        var outcomes =
                PairedOutcomes.ofMargins(margins(random, 3, items), margins(random, 3, items));
        // When
        var clustered = outcomes.clustered(shuffled(items, random));
        // Then
        assertSame(PairedEstimate.of(outcomes), PairedEstimate.of(clustered), 1);
    }

    private static void assertSame(PairedEstimate one, PairedEstimate other, double unit) {
        double near = 1e-6 * unit;
        assertThat(other.estimate()).isCloseTo(unit * one.estimate(), within(near));
        assertThat(other.low()).isCloseTo(unit * one.low(), within(near));
        assertThat(other.high()).isCloseTo(unit * one.high(), within(near));
        assertThat(other.p()).isCloseTo(one.p(), within(1e-6));
    }

    private static PairedOutcomes any(Random random) {
        int replicates = 2 + random.nextInt(4);
        int items = 2 + random.nextInt(40);
        if (random.nextBoolean()) {
            return PairedOutcomes.ofMargins(
                    scaled(margins(random, replicates, items), random.nextDouble()),
                    margins(random, replicates, items));
        }
        var outcomes =
                PairedOutcomes.ofShares(
                        shares(random, replicates, items, random.nextDouble()),
                        shares(random, replicates, items, random.nextDouble()));
        var cluster = IntStream.range(0, items).map(i -> i < 2 ? i : random.nextInt(2)).toArray();
        return random.nextBoolean() ? outcomes : outcomes.clustered(cluster);
    }

    private static double[][] margins(Random random, int replicates, int items) {
        var table = new double[replicates][items];
        for (var row : table) {
            double shift = random.nextGaussian();
            Arrays.setAll(row, i -> shift + random.nextGaussian());
        }
        return table;
    }

    private static double[][] shares(Random random, int replicates, int items, double share) {
        var table = new double[replicates][items];
        for (var row : table) {
            Arrays.setAll(row, i -> random.nextDouble() < share ? 1 : 0);
        }
        return table;
    }

    private static double[][] filled(int replicates, int items, double value) {
        var table = new double[replicates][items];
        for (var row : table) {
            Arrays.fill(row, value);
        }
        return table;
    }

    private static double[][] scaled(double[][] table, double by) {
        return Arrays.stream(table)
                .map(row -> Arrays.stream(row).map(value -> value * by).toArray())
                .toArray(double[][]::new);
    }

    private static int[] shuffled(int count, Random random) {
        var places = IntStream.range(0, count).boxed().toList();
        var shuffled = new ArrayList<>(places);
        Collections.shuffle(shuffled, random);
        return shuffled.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[][] ordered(double[][] table, int[] replicates, int[] items) {
        return Arrays.stream(replicates)
                .mapToObj(r -> Arrays.stream(items).mapToDouble(i -> table[r][i]).toArray())
                .toArray(double[][]::new);
    }
}
