package io.retcon.retrainer.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that share numbered tasks. Which thread takes a task is left to chance,
 * so a task's result must not depend on it.
 */
public final class Crew implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    public Crew(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads %d".formatted(threads));
        }
        this.threads = threads;
        this.executor =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("retrainer-", 0).daemon().factory());
    }

    public int threads() {
        return threads;
    }

    /** Runs tasks 0 … {@code tasks - 1} and returns when all are done. */
    public void run(int tasks, IntConsumer task) {
        int hands = Math.min(threads, tasks);
        if (hands <= 1) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        var next = new AtomicInteger();
        Callable<Void> hand =
                () -> {
                    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                        task.accept(i);
                    }
                    return null;
                };
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            work.add(hand);
        }
        try {
            for (var done : executor.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training or scoring", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
