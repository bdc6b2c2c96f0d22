package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/** Differences that are the same everywhere: a sum of squares less its mean's would be rounding. */
class ConstantDifferenceTest {

    @ParameterizedTest
    @ValueSource(doubles = {-1.14, -0.1, 1e-3, 0.1, 1.0 / 3, 1e6})
    void identicalSlopesAreCertain(double slope) {
        // When
        var estimate = ofSlopes(slope);
        // Then
        assertThat(estimate.estimate()).isCloseTo(slope, within(1e-9 * Math.abs(slope)));
        assertThat(estimate.p()).isBetween(1e-15, 1e-6);
        assertThat(estimate.low() > 0 || estimate.high() < 0).isTrue();
        assertThat(estimate.minimumDetectable()).isLessThan(Math.abs(slope));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theFartherAlikeSlopesLieFromZeroTheSurer(int replicates) {
        double before = 1;
        for (double slope = 0; slope < 3; slope += 0.01) {
            // Given
            var slopes = new double[replicates][21];
            for (int r = 0; r < replicates; r++) {
                Arrays.fill(slopes[r], slope + 0.1 * r / replicates);
            }
            // When
            var estimate = PairedEstimate.of(PairedOutcomes.ofMarginContrast(slopes));
            // Then
            assertThat(estimate.p()).as("slope %s", slope).isLessThanOrEqualTo(before);
            before = estimate.p();
        }
        assertThat(before).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void aConstantDifferenceOfMarginsIsCertain(int replicates) {
        // Given
        var first = new double[replicates][30];
        var second = new double[replicates][30];
        for (int r = 0; r < replicates; r++) {
            for (int i = 0; i < 30; i++) {
                second[r][i] = Math.sin(i + 31.0 * r);
                first[r][i] = second[r][i] + 0.1;
            }
        }
        // When
        var estimate = PairedEstimate.of(PairedOutcomes.ofMargins(first, second));
        // Then
        assertThat(estimate.p()).isLessThan(1e-4);
        assertThat(estimate.low()).isCloseTo(0.1, within(1e-5));
        assertThat(estimate.high()).isCloseTo(0.1, within(1e-5));
    }

    private static PairedEstimate ofSlopes(double slope) {
        var slopes = new double[3][21];
        Arrays.stream(slopes).forEach(row -> Arrays.fill(row, slope));
        return PairedEstimate.of(PairedOutcomes.ofMarginContrast(slopes));
    }
}
