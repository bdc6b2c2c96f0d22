package io.retcon.retrainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import jdk.incubator.vector.FloatVector;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class LanesTest {
    @Test
    void exponentialIsClose() {
        for (double x = -86.9; x < 87.9; x += 0.0371) {
            // When
            double e = Lanes.exp(Lanes.all((float) x)).lane(0);
            // Then
            assertThat(e / Math.exp((float) x)).isCloseTo(1, offset(3e-7));
        }
    }

    @Test
    void errorFunctionIsClose() {
        for (double x = -6; x < 6; x += 0.0173) {
            // When
            double erf = GeluKernel.erf(Lanes.all((float) x)).lane(0);
            // Then
            assertThat(erf).isCloseTo(erfBySeries((float) x), offset(5e-7));
        }
    }

    @Test
    void sumAddsEveryLaneOnce() {
        // Given
        var random = new SplittableRandom(4);
        var values = new float[Lanes.COUNT];
        double expected = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
            expected += values[i];
        }
        // When
        float sum = Lanes.sum(FloatVector.fromArray(Lanes.SPECIES, values, 0));
        // Then
        assertThat((double) sum).isCloseTo(expected, offset(1e-5));
    }

    /** 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)), good where x is not large. */
    private static double erfBySeries(double x) {
        if (Math.abs(x) > 4) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 100; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
