package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.retcon.schemas.testing.SeededTest;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

import java.util.Random;

class GammaSumTest {
    private static final double PER_CENT = 1e-7;

    /** Of two variables: a Beta distribution's tail, tails of 1e-20 included. */
    @SeededTest(tries = 200)
    void ofTwoVariablesItIsABetaDistributionsTail(Random random) {
        // Given
        double up = random.nextDouble() + 0.01;
        double down = random.nextDouble() + 0.01;
        double shape = 0.5 + random.nextInt(5);
        double other = 1 + random.nextInt(60);
        // When
        double found =
                new GammaSum(new double[] {up, -down}, new double[] {shape, other}).notNegative();
        // Then
        double exact = BetaDistribution.of(shape, other).survivalProbability(down / (up + down));
        assertThat(found).isCloseTo(exact, withinPercentage(PER_CENT));
    }

    /**
     * SciPy 1.17.1: {@code integrate.quad} of Gil-Pelaez's integrand, over 200 stretches from 0 to
     * 1e5.
     */
    @Test
    void ofSeveralItIsWhatQuadratureFinds() {
        assertThat(sum(new double[] {-0.5, 0.25, 1}, 2, 3, 0.5))
                .isCloseTo(0.6008442583380366, withinPercentage(1e-6));
        assertThat(sum(new double[] {-1, -0.5, 0.5, 1, 1}, 3, 2, 2, 1, 0.5))
                .isCloseTo(0.24795411490365354, withinPercentage(1e-6));
        assertThat(sum(new double[] {-0.1, 0.9, 1.9}, 18, 1, 0.5))
                .isCloseTo(0.40347031207108236, withinPercentage(1e-6));
    }

    @Test
    void ofOneSignItIsCertain() {
        assertThat(sum(new double[] {-1, -2}, 1, 1)).isZero();
        assertThat(sum(new double[] {1, 0}, 1, 1)).isEqualTo(1);
    }

    private static double sum(double[] weights, double... shapes) {
        return new GammaSum(weights, shapes).notNegative();
    }
}
