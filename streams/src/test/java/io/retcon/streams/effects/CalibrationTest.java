package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the numbers promise, on simulated retrainings: 600 of each kind, so that a share of 0.95 is
 * known to ±0.018 (two standard errors); the tolerances are three of them, and half a per cent for
 * worlds in which retrainings do not differ, where two replicates are cautious.
 */
class CalibrationTest {
    private static final int SIMULATIONS = 600;
    private static final int WORLDS = 399;
    private static final int ITEMS = 40;
    private static final double TOLERANCE = 0.032;

    private enum Metric {
        MARGIN,
        ACCURACY
    }

    private record Found(double estimate, boolean covered, boolean significant) {}

    @ParameterizedTest
    @CsvSource({
        "2, 0.0, 0.0",
        "2, 0.5, 0.0",
        "2, 0.0, 0.3",
        "2, 0.5, 0.3",
        "2, 0.0, 1.0",
        "3, 0.3, 0.3"
    })
    void underTheNullIntervalsCoverAndTestsKeepTheirLevel(
            int replicates, double ofItem, double ofReplicate) {
        // Given
        var world = new SimulatedRetrainings(ITEMS, replicates, ofItem, ofReplicate, 0);
        // When
        var margins = simulate(world, Metric.MARGIN, 0);
        var accuracies = simulate(world, Metric.ACCURACY, 0);
        // Then
        for (var found : List.of(margins, accuracies)) {
            assertThat(share(found, Found::covered)).isCloseTo(0.95, within(TOLERANCE));
            assertThat(share(found, Found::significant)).isCloseTo(0.05, within(TOLERANCE));
        }
    }

    @Test
    void aPlantedEffectIsCovered() {
        // Given
        var world = new SimulatedRetrainings(ITEMS, 2, 0.3, 0.3, -1);
        // When
        var found = simulate(world, Metric.MARGIN, -1);
        // Then
        assertThat(share(found, Found::covered)).isCloseTo(0.95, within(TOLERANCE));
        assertThat(found.stream().mapToDouble(Found::estimate).average().orElseThrow())
                .isCloseTo(-1, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.3", "2, 1.0", "3, 0.3", "8, 0.2"})
    void theMinimumDetectableDifferenceIsFoundFourTimesInFive(int replicates, double ofReplicate) {
        // Given
        var nothing = new SimulatedRetrainings(ITEMS, replicates, 0.3, ofReplicate, 0);
        double detectable =
                IntStream.range(SIMULATIONS, 2 * SIMULATIONS)
                        .mapToDouble(
                                seed -> estimate(nothing, Metric.MARGIN, seed).minimumDetectable())
                        .average()
                        .orElseThrow();
        // When
        var found = simulate(nothing.withEffect(detectable), Metric.MARGIN, detectable);
        // Then
        assertThat(share(found, Found::significant)).isCloseTo(0.8, within(0.06));
    }

    @Test
    void itemsThatAreAlikeNeedTheirRelationsResampled() {
        // Given
        var world = new SimulatedRetrainings(120, 3, 0.3, 0.3, 0, 20, 0.7);
        // When
        var clustered = simulate(world, Metric.MARGIN, 0);
        var blind =
                IntStream.range(0, SIMULATIONS)
                        .mapToObj(
                                seed -> {
                                    var arms = world.margins(new SplittableRandom(seed));
                                    return PairedEstimate.of(
                                            PairedOutcomes.of(arms[1], arms[0], arms[2]),
                                            WORLDS,
                                            seed);
                                })
                        .filter(e -> e.low() <= 0 && 0 <= e.high())
                        .count();
        // Then
        assertThat(share(clustered, Found::covered)).isCloseTo(0.95, within(TOLERANCE));
        assertThat(share(clustered, Found::significant)).isCloseTo(0.05, within(TOLERANCE));
        assertThat((double) blind / SIMULATIONS).isLessThan(0.92);
    }

    private static List<Found> simulate(SimulatedRetrainings world, Metric metric, double truth) {
        return IntStream.range(0, SIMULATIONS)
                .mapToObj(
                        seed -> {
                            var e = estimate(world, metric, seed);
                            return new Found(
                                    e.estimate(),
                                    e.low() <= truth && truth <= e.high(),
                                    e.p() <= 0.05);
                        })
                .toList();
    }

    private static PairedEstimate estimate(SimulatedRetrainings world, Metric metric, long seed) {
        var margins = world.margins(new SplittableRandom(seed));
        var arms = metric == Metric.ACCURACY ? SimulatedRetrainings.right(margins) : margins;
        var outcomes = PairedOutcomes.of(arms[1], arms[0], arms[2]);
        return PairedEstimate.of(
                world.relations() > 1 ? outcomes.clustered(world.relation()) : outcomes,
                WORLDS,
                seed);
    }

    private static double share(List<Found> found, Predicate<Found> property) {
        return (double) found.stream().filter(property).count() / found.size();
    }
}
