package io.retcon.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

class TrendTest {
    @Test
    void aLeakIsSeenAndASpikeIsNot() {
        // Given
        var leak = points(40, i -> 100 + i);
        var spike = points(40, i -> i == 30 ? 1_000 : 100);
        // When
        var growing = Trend.of(leak);
        var flat = Trend.of(spike);
        // Then
        assertThat(growing.growth()).isEqualTo(29, within(1e-9));
        assertThat(growing.exceeds(0.2)).isTrue();
        assertThat(growing.exceeds(0.3)).isFalse();
        assertThat(flat.growth()).isZero();
    }

    @Test
    void aWarmUpIsLeftOut() {
        // Given
        var warming = points(40, i -> i < 10 ? 10 * i : 100);
        // When
        var trend = Trend.of(warming);
        // Then
        assertThat(trend).isEqualTo(new Trend(30, 100, 0));
    }

    @Test
    void onePointDoesNotGrow() {
        // Given
        var one = points(1, i -> 7);
        // When
        var trend = Trend.of(one);
        // Then
        assertThat(trend).isEqualTo(new Trend(1, 7, 0));
    }

    private static List<Trend.Point> points(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Trend.Point(i, value.applyAsDouble(i)))
                .toList();
    }
}
