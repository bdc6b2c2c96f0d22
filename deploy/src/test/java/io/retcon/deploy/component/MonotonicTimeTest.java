package io.retcon.deploy.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class MonotonicTimeTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicLong wallClock = new AtomicLong(1_000_000_000);
    private final AtomicLong nanos = new AtomicLong(5);
    private final MonotonicTime time = new MonotonicTime(wallClock::get, nanos::get);

    @Test
    void aClockThatIsSetDoesNotMatter() {
        // Given
        long before = time.milliseconds();
        // When
        wallClock.addAndGet(HOUR);
        long forward = time.milliseconds();
        wallClock.addAndGet(-2 * HOUR);
        long back = time.milliseconds();
        // Then
        assertThat(forward).isEqualTo(before);
        assertThat(back).isEqualTo(before);
    }

    @Test
    void timePasses() {
        // Given
        long before = time.milliseconds();
        // When
        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        // Then
        assertThat(time.milliseconds() - before).isEqualTo(1_500);
        assertThat(time.timer(100).isExpired()).isFalse();
    }
}
