package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class AdjustmentTest {
    /** Published with the answers of R's {@code p.adjust} in Rosetta Code, 'P-value correction'. */
    private static final double[] P = {
        4.533744e-01, 7.296024e-01, 9.936026e-02, 9.079658e-02, 1.801962e-01,
        8.752257e-01, 2.922222e-01, 9.115421e-01, 4.355806e-01, 5.324867e-01,
        4.926798e-01, 5.802978e-01, 3.485442e-01, 7.883130e-01, 2.729308e-01,
        8.502518e-01, 4.268138e-01, 6.442008e-01, 3.030266e-01, 5.001555e-02,
        3.194810e-01, 7.892933e-01, 9.991834e-01, 1.745691e-01, 9.037516e-01,
        1.198578e-01, 3.966083e-01, 1.403837e-02, 7.328671e-01, 6.793476e-02,
        4.040730e-03, 3.033349e-04, 1.125147e-02, 2.375072e-02, 5.818542e-04,
        3.075482e-04, 8.251272e-03, 1.356534e-03, 1.360696e-02, 3.764588e-04,
        1.801145e-05, 2.504456e-07, 3.310253e-02, 9.427839e-03, 8.791153e-04,
        2.177831e-04, 9.693054e-04, 6.610250e-05, 2.900813e-02, 5.735490e-03
    };

    private static final double[] BH = {
        6.126681e-01, 8.521710e-01, 1.987205e-01, 1.891595e-01, 3.217789e-01,
        9.301450e-01, 4.870370e-01, 9.301450e-01, 6.049731e-01, 6.826753e-01,
        6.482629e-01, 7.253722e-01, 5.280973e-01, 8.769926e-01, 4.705703e-01,
        9.241867e-01, 6.049731e-01, 7.856107e-01, 4.887526e-01, 1.136717e-01,
        4.991891e-01, 8.769926e-01, 9.991834e-01, 3.217789e-01, 9.301450e-01,
        2.304958e-01, 5.832475e-01, 3.899547e-02, 8.521710e-01, 1.476843e-01,
        1.683638e-02, 2.562902e-03, 3.516084e-02, 6.250189e-02, 3.636589e-03,
        2.562902e-03, 2.946883e-02, 6.166064e-03, 3.899547e-02, 2.688991e-03,
        4.502862e-04, 1.252228e-05, 7.881555e-02, 3.142613e-02, 4.846527e-03,
        2.562902e-03, 4.846527e-03, 1.101708e-03, 7.252032e-02, 2.205958e-02
    };

    private static final double[] HOLM_FROM_THE_28TH = {
        4.632662e-01,
        1.000000e+00,
        1.000000e+00,
        1.575885e-01,
        1.395341e-02,
        3.938014e-01,
        7.600230e-01,
        2.501973e-02,
        1.395341e-02,
        3.052971e-01,
        5.426136e-02,
        4.626366e-01,
        1.656419e-02,
        8.825610e-04,
        1.252228e-05,
        9.930759e-01,
        3.394022e-01,
        3.692284e-02,
        1.023581e-02,
        3.974152e-02,
        3.172920e-03,
        8.992520e-01,
        2.179486e-01
    };

    @Test
    void itIsWhatRPublishes() {
        // When
        var bh = Adjustment.named("bh").adjusted(P);
        var holm = Adjustment.named("holm").adjusted(P);
        // Then
        assertThat(bh).containsExactly(BH, within(1e-6));
        assertThat(Arrays.copyOf(holm, 27)).containsOnly(1);
        assertThat(Arrays.copyOfRange(holm, 27, P.length))
                .containsExactly(HOLM_FROM_THE_28TH, within(1e-6));
    }

    /** Against the definitions, with ties. */
    @SeededTest(tries = 100)
    void qIsTheLeastRateOfFalseDiscoveriesThatCallsAnEstimateOne(Random random) {
        // Given
        var p = random.doubles(1 + random.nextInt(20)).map(x -> Math.rint(x * 50) / 50).toArray();

        // When
        var q = Adjustment.BH.adjusted(p);

        // Then
        for (int i = 0; i < p.length; i++) {
            double own = p[i];
            double least =
                    Arrays.stream(p)
                            .filter(limit -> limit >= own)
                            .map(limit -> limit * p.length / found(p, limit))
                            .min()
                            .orElseThrow();
            assertThat(q[i]).isCloseTo(Math.min(1, least), within(1e-12));
        }
    }

    private static long found(double[] p, double limit) {
        return Arrays.stream(p).filter(other -> other <= limit).count();
    }

    @SeededTest(tries = 100)
    void theThresholdTellsDiscoveriesFromTheRest(Random random) {
        // Given
        var p =
                random.doubles(1 + random.nextInt(9))
                        .map(of -> Math.round(of * 30) / 300.0)
                        .toArray();
        for (var adjustment : Adjustment.values()) {
            // When
            double threshold = adjustment.threshold(p, 0.05);
            var q = adjustment.adjusted(p);
            // Then
            for (int i = 0; i < p.length; i++) {
                assertThat(p[i] <= threshold + 1e-12).isEqualTo(q[i] <= 0.05 + 1e-12);
            }
        }
    }

    @Test
    void noEstimateIsNoTrouble() {
        assertThat(Adjustment.BH.adjusted(new double[0])).isEmpty();
        assertThat(Adjustment.HOLM.label()).isEqualTo("holm");
    }
}
