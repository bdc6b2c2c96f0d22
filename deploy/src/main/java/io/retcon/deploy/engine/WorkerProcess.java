package io.retcon.deploy.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A worker's process, started again when it is killed: what it had begun goes on from its last
 * saved state. What it says goes to a file in its folder. Thread-safe.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Deaths within an hour after which it is not started again. */
    private static final int MOST_DEATHS = 3;

    private final Supplier<ProcessBuilder> processes;
    private final EngineWorker.Task task;
    private final Consumer<Throwable> died;
    private final Path log;
    private final Deque<Long> deaths = new ArrayDeque<>();
    private Process process;
    private boolean closed;

    private WorkerProcess(
            Supplier<ProcessBuilder> processes, EngineWorker.Task task, Consumer<Throwable> died) {
        this.processes = requireNonNull(processes, "processes is null");
        this.task = requireNonNull(task, "task is null");
        this.died = requireNonNull(died, "died is null");
        this.log = Path.of(task.folder()).resolve("worker.log");
    }

    /**
     * Returns when it works.
     *
     * @param processes makes one that does as {@link EngineWorker} does
     */
    static WorkerProcess start(
            Supplier<ProcessBuilder> processes, EngineWorker.Task task, Consumer<Throwable> died)
            throws IOException {
        var worker = new WorkerProcess(processes, task, died);
        worker.begin();
        Thread.ofPlatform().name("engine-worker").daemon().start(worker::watch);
        return worker;
    }

    private void watch() {
        try {
            while (!isClosed()) {
                ended(current().waitFor());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            died.accept(e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Process current() {
        return process;
    }

    private synchronized void begin() throws IOException {
        if (closed) {
            return;
        }
        process = processes.get().redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
        tell();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); !EngineWorker.READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException(lastWords());
            }
        }
    }

    private void tell() throws IOException {
        var said = new ObjectMapper().writeValueAsString(task) + "\n";
        try {
            var in = process.getOutputStream();
            in.write(said.getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException gone) {
            // Its last words, which are read instead of READY, say why.
            return;
        }
    }

    private synchronized void ended(int status) throws IOException {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        deaths.add(now);
        deaths.removeIf(then -> now - then > TimeUnit.HOURS.toNanos(1));
        if (deaths.size() >= MOST_DEATHS) {
            throw new IOException("ended with status %d: %s".formatted(status, lastWords()));
        }
        begin();
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    @Override
    public void close() throws IOException {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        last.getOutputStream().close();
        try {
            if (!last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
