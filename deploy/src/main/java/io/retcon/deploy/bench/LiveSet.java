package io.retcon.deploy.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The most heap that is in use right after a collection, while this is open: what a process needs,
 * without what it has not yet thrown away. Collects all garbage several times a second.
 */
final class LiveSet implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-set").unstarted(this::watch);
    private volatile long most;

    private LiveSet() {}

    static LiveSet watched() {
        var watch = new LiveSet();
        watch.thread.start();
        return watch;
    }

    /** In bytes, so far. */
    long most() {
        return most;
    }

    private void watch() {
        try {
            do {
                System.gc();
                most =
                        Math.max(
                                most,
                                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
