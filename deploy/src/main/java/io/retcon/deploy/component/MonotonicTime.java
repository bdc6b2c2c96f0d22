package io.retcon.deploy.component;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Milliseconds that begin at the wall clock's and then go on by themselves: where somebody sets the
 * clock back by an hour, Kafka Streams' punctuators would rest for an hour. Thread-safe.
 */
final class MonotonicTime implements Time {
    private static final long NANOS = 1_000_000;

    private final long startMillis;
    private final long startNanos;
    private final LongSupplier nanos;

    /**
     * @param wallClock asked once
     */
    MonotonicTime(LongSupplier wallClock, LongSupplier nanos) {
        this.nanos = requireNonNull(nanos, "nanos is null");
        this.startMillis = wallClock.getAsLong();
        this.startNanos = nanos.getAsLong();
    }

    /** From now on. */
    static MonotonicTime ofSystem() {
        return new MonotonicTime(System::currentTimeMillis, System::nanoTime);
    }

    @Override
    public long milliseconds() {
        return startMillis + (nanos.getAsLong() - startNanos) / NANOS;
    }

    @Override
    public long hiResClockMs() {
        return nanos.getAsLong() / NANOS;
    }

    @Override
    public long nanoseconds() {
        return nanos.getAsLong();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        synchronized (object) {
            while (!condition.get()) {
                long left = deadlineMillis - milliseconds();
                if (left <= 0) {
                    throw new TimeoutException(
                            "the condition was not met in time");
                }
                object.wait(left);
            }
        }
    }
}
