package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does the retrainings that a bank lacks, several at once. */
final class BankWork {
    /** Of each retraining's engine, whose bits they decide. */
    static final int THREADS = 1;

    private final DemoArms demo;
    private final BankFile file;
    private final int workers;
    private final ProgressLine line;

    /** A retraining that is asked for. */
    private record Asked(String arm, int replicate) {}

    /**
     * @param workers retrainings at once
     */
    BankWork(DemoArms demo, BankFile file, int workers, ProgressLine line) {
        this.demo = requireNonNull(demo, "demo is null");
        this.file = requireNonNull(file, "file is null");
        this.workers = workers;
        this.line = requireNonNull(line, "line is null");
    }

    /** Blocks until the bank has so many replicates of each arm. */
    void run(BankOrigin origin, List<String> arms, int replicates) {
        var bank = file.open(origin);
        var missing = new ArrayList<Asked>();
        for (int replicate = 0; replicate < replicates; replicate++) {
            for (var arm : arms) {
                if (!bank.has(arm, replicate)) {
                    missing.add(new Asked(arm, replicate));
                }
            }
        }
        long began = System.nanoTime();
        train(missing);
        line.note(
                "%d retrainings, %d at once, in %d s"
                        .formatted(
                                missing.size(),
                                workers,
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
    }

    private void train(List<Asked> missing) {
        var queue = new ConcurrentLinkedQueue<>(missing);
        var done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var all = new ArrayList<CompletableFuture<Void>>();
            for (int worker = 0; worker < workers; worker++) {
                all.add(
                        CompletableFuture.runAsync(
                                () -> work(queue, done, missing.size()), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void work(ConcurrentLinkedQueue<Asked> queue, AtomicInteger done, int all) {
        try (var trainer = new ReplicateTrainer(demo, THREADS)) {
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                file.append(trainer.train(next.arm, next.replicate));
                line.update("retraining", done.incrementAndGet(), all);
            }
        } catch (RuntimeException | Error e) {
            queue.clear();
            throw e;
        }
    }
}
