package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** What {@link PairedEstimate} says of shares that 80 % of interventions find. */
class ShareDesignTest {

    @SeededTest(tries = 5)
    void theSameOutcomesDetectTheSameAndNoMoreThanThereIs(Random random) {
        // Given
        var outcomes = shares(random, 2 + random.nextInt(6), 5 + random.nextInt(60), 0.8);
        // When
        double detectable = PairedEstimate.of(outcomes).minimumDetectable();
        // Then
        Double again = PairedEstimate.of(outcomes).minimumDetectable();
        assertThat(again).isEqualTo(Double.valueOf(detectable));
        assertThat(Double.isNaN(detectable) || detectable > 0 && detectable < 1).isTrue();
    }

    @SeededTest(tries = 5)
    void twoReplicatesThatDifferDetectNothing(Random random) {
        // Given
        var half = shares(random, 2, 40, 0.5);
        // When
        var estimate = PairedEstimate.of(half);
        // Then
        assertThat(estimate.isKnown()).isTrue();
        assertThat(estimate.detects()).isFalse();
    }

    @SeededTest(tries = 3)
    void moreReplicatesAndMoreItemsDetectLess(Random random) {
        // When
        double few = median(random, 4, 20);
        double moreItems = median(random, 4, 200);
        double moreReplicates = median(random, 10, 20);
        // Then
        assertThat(moreItems).isLessThan(few);
        assertThat(moreReplicates).isLessThan(few);
    }

    /** Where no item differs in any replicate, few items could still have hidden a change. */
    @Test
    void withoutAnyDifferenceFewItemsDetectLittle() {
        // Given
        var right = new double[5][20];
        Arrays.stream(right).forEach(row -> Arrays.fill(row, 1));
        // When
        double detectable =
                PairedEstimate.of(PairedOutcomes.ofShares(right, right)).minimumDetectable();
        // Then
        assertThat(detectable).isBetween(0.13, 0.4);
    }

    /** One gamma variable is all of them where all items have one value. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.13, 0.15, 0.2, 0.5, 1})
    void itemsOfOneValueLeaveWhatTheExactLimitLeaves(double value) {
        // Given
        var exact = new UnseenItem(Map.of(value, 20), 1);
        // When
        boolean less = UnseenItem.leavesLess(value, 0, 20, 0.05);
        // Then
        assertThat(less).isEqualTo(exact.p(0) < 0.05);
    }

    @Test
    void itTakesLessThanFiftyMilliseconds() {
        // Given
        var outcomes = shares(new Random(1), 8, 200, 0.9);
        long least = Long.MAX_VALUE;
        // When
        for (int i = 0; i < 10; i++) {
            long began = System.nanoTime();
            PairedEstimate.of(outcomes);
            least = Math.min(least, System.nanoTime() - began);
        }
        // Then
        assertThat(least / 1e6).as("milliseconds").isLessThan(50);
    }

    private static double median(Random random, int replicates, int items) {
        return Arrays.stream(new double[9])
                .map(
                        _ ->
                                PairedEstimate.of(shares(random, replicates, items, 0.8))
                                        .minimumDetectable())
                .sorted()
                .toArray()[4];
    }

    private static PairedOutcomes shares(Random random, int replicates, int items, double share) {
        return PairedOutcomes.ofShares(
                arm(random, replicates, items, share), arm(random, replicates, items, share));
    }

    private static double[][] arm(Random random, int replicates, int items, double share) {
        var table = new double[replicates][items];
        for (var row : table) {
            double own = Math.clamp(share + 0.05 * random.nextGaussian(), 0, 1);
            Arrays.setAll(row, i -> random.nextDouble() < own ? 1 : 0);
        }
        return table;
    }
}
