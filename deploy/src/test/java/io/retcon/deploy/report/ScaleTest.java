package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class ScaleTest {

    @SeededTest(tries = 200)
    void coversWhatItIsAskedToWithAFewRoundTicks(Random random) {
        // Given
        double low = -random.nextDouble() * Math.pow(10, random.nextInt(6) - 3);
        double high = random.nextDouble() * Math.pow(10, random.nextInt(6) - 3);
        // When
        var scale = Scale.covering(low, high);
        // Then
        assertThat(scale.place(low)).isBetween(0.0, 1.0);
        assertThat(scale.place(high)).isBetween(0.0, 1.0);
        assertThat(scale.ticks()).hasSizeBetween(3, 9);
        assertThat(scale.ticks().getLast()).isCloseTo(scale.high(), within(scale.tick() / 1e6));
    }

    @Test
    void coversAnEstimateWithoutAnInterval() {
        // Given
        var sure = TestingReports.effect("treated-control", "b", "margin", -0.1, -0.2, 0.3);
        var unsure =
                TestingReports.unsure(
                        TestingReports.effect("placebo-control", "b", "margin", -7, -8, -6));
        // When
        var scale = Scale.around(List.of(sure, unsure));
        // Then
        assertThat(scale.low()).isBetween(-10.0, -7.0);
        assertThat(scale.high()).isBetween(0.3, 3.0);
        assertThat(Scale.around(List.of()).place(0)).isBetween(0.0, 1.0);
    }

    @Test
    void endsWhereItIsToldAndTicksOnlyWithin() {
        // When
        var scale = Scale.from(86, 119);
        // Then
        assertThat(scale.place(86)).isZero();
        assertThat(scale.place(119)).isEqualTo(1);
        assertThat(scale.ticks()).containsExactly(90.0, 100.0, 110.0);
    }
}
