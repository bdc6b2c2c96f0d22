package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class RetrainingNoiseTest {

    /**
     * SciPy 1.17.1: the root of {@code stats.nct.sf(stats.t.ppf(0.975, degrees), degrees, x) -
     * 0.8}.
     */
    @ParameterizedTest
    @CsvSource({"1, 16.334009", "2, 5.653489", "4, 3.761060", "10, 3.109971", "30, 2.895362"})
    void powerIsTheNonCentralTDistributions(int degrees, double detectable) {
        // When
        double found = new DesignPower(1, degrees + 1, 0, 0, 100).detectable();
        // Then
        assertThat(found).isCloseTo(detectable, within(0.005 * detectable));
    }

    @SeededTest(tries = 3)
    void neighbouringCheckpointsTellTheVariancesThatMadeThem(Random random) {
        // Given
        int items = 400;
        var checkpoints = new double[400][items];
        for (var row : checkpoints) {
            double shift = 0.5 * random.nextGaussian();
            for (int i = 0; i < items; i++) {
                row[i] = i + shift + random.nextGaussian();
            }
        }
        // When
        var noise = RetrainingNoise.ofCheckpoints(checkpoints);
        // Then: of a difference, hence twice
        assertThat(noise.replicate()).isCloseTo(0.5, within(0.15));
        assertThat(noise.rest()).isCloseTo(2, within(0.1));
        assertThat(noise.item()).isCloseTo(0, within(0.01));
    }

    @SeededTest(tries = 3)
    void earlierRetrainingsTellTheSame(Random random) {
        // Given
        var arms =
                IntStream.range(0, 200)
                        .mapToObj(
                                arm ->
                                        new SimulatedRetrainings(100, 3, 0, 0.5, 0)
                                                .margins(random)[0])
                        .toList();
        // When
        var noise = RetrainingNoise.ofRetrainings(arms, 0.25);
        // Then
        assertThat(noise.replicate()).isCloseTo(0.5, within(0.12));
        assertThat(noise.rest()).isCloseTo(2, within(0.05));
        assertThat(noise.item()).isEqualTo(0.25);
        assertThat(noise.degrees()).isEqualTo(400);
    }

    @SeededTest(tries = 50)
    void theReplicatesNeededAreTheFewestThatSuffice(Random random) {
        // Given
        var noise =
                new RetrainingNoise(
                        random.nextDouble(), random.nextDouble(), 1 + random.nextDouble(), 5, "x");
        int items = 2 + random.nextInt(200);
        double effect = 0.2 + 2 * random.nextDouble();
        // When
        var replicates = noise.replicatesFor(effect, items);
        // Then
        if (replicates.isPresent()) {
            int enough = replicates.getAsInt();
            assertThat(noise.minimumDetectable(items, enough)).isLessThanOrEqualTo(effect);
            if (enough > 2) {
                assertThat(noise.minimumDetectable(items, enough - 1)).isGreaterThan(effect);
            }
        } else {
            assertThat(noise.minimumDetectable(items, 1_000)).isGreaterThan(effect);
        }
    }

    @Test
    void checkpointsThatAreAllAlikeDetectEverythingAndNothingIsNaN() {
        // Given
        var same = new double[3][5];
        // When
        var noise = RetrainingNoise.ofCheckpoints(same);
        // Then
        assertThat(noise.minimumDetectable(5, 2)).isZero();
        assertThat(noise.minimumDetectable(1, 1)).isInfinite();
        assertThat(noise.replicatesFor(0.1, 5)).hasValue(2);
        assertThat(
                        RetrainingNoise.ofRetrainings(List.<double[][]>of(new double[2][1]), 0)
                                .replicate())
                .isZero();
    }
}
