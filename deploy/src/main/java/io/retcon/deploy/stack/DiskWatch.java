package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks twice a second whether a data folder's disk still has its reserve. */
final class DiskWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DiskReserve reserve;
    private final Consumer<RuntimeException> full;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DiskWatch(DiskReserve reserve, Consumer<RuntimeException> full) {
        this.reserve = requireNonNull(reserve, "reserve is null");
        this.full = requireNonNull(full, "full is null");
    }

    /**
     * @param full told once, when the reserve is touched or cannot be known
     */
    static DiskWatch start(DiskReserve reserve, Consumer<RuntimeException> full) {
        var watch = new DiskWatch(reserve, full);
        Thread.ofPlatform().name("disk-watch").daemon().start(watch::look);
        return watch;
    }

    private void look() {
        try {
            do {
                reserve.check();
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            full.accept(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
