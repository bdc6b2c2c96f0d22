package io.retcon.retrainer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void itIsThatOfTheLastSeconds() {
        // When
        train(100, 1_000, 1);
        train(40, 100, 1);
        // Then
        assertThat(pace.tokensPerSecond()).isCloseTo(100, within(1e-9));
        assertThat(pace.stepsPerSecond()).isCloseTo(1, within(1e-9));
    }

    @Test
    void itIsThatOfTheLastStepWhereThatTookLonger() {
        // When
        train(3, 500, 2);
        train(1, 500, 60);
        // Then
        assertThat(pace.tokensPerSecond()).isCloseTo(500.0 / 60, within(1e-9));
        assertThat(pace.stepsPerSecond()).isCloseTo(1.0 / 60, within(1e-9));
    }

    @Test
    void nothingIsKnownBeforeTheFirstStep() {
        assertThat(pace.tokensPerSecond()).isZero();
        assertThat(pace.stepsPerSecond()).isZero();
    }

    private void train(int steps, long tokens, long seconds) {
        for (int i = 0; i < steps; i++) {
            pace.add(tokens, TimeUnit.SECONDS.toNanos(seconds));
        }
    }
}
