package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.history.StepTokens;
import io.retcon.retrainer.history.WindowSpool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A window's steps in a given order, each read while the one before it is trained on, so that what
 * computes does not wait for a disk. Used by one thread.
 */
final class StepsAhead implements AutoCloseable {
    private final WindowSpool spool;
    private final long[] order;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("steps-ahead").daemon().factory());
    private CompletableFuture<StepTokens> next;
    private int place;

    /**
     * @param place in the order to begin at
     */
    StepsAhead(WindowSpool spool, long[] order, int place) {
        this.spool = requireNonNull(spool, "spool is null");
        this.order = order.clone();
        this.place = place;
        this.next = read();
    }

    /** The next step. */
    StepTokens next() {
        try {
            var tokens = next.join();
            place++;
            next = read();
            return tokens;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private CompletableFuture<StepTokens> read() {
        if (place >= order.length) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("there are %d steps".formatted(order.length)));
        }
        long step = order[place];
        return CompletableFuture.supplyAsync(() -> spool.step(step), reader);
    }

    @Override
    public void close() {
        reader.close();
    }
}
