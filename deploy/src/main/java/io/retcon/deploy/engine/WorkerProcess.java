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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker's process, started again when it is killed: what it had begun goes on from its last
 * saved state. What it says goes to a file in its folder. Thread-safe.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Deaths within an hour after which it is not started again. */
    private static final int MOST_DEATHS = 3;

    private final InstalledEngine engine;
    private final EngineWorker.Task task;
    private final Consumer<Throwable> died;
    private final Path log;
    private final Deque<Long> deaths = new ArrayDeque<>();
    private Process process;
    private boolean closed;

    private WorkerProcess(
            InstalledEngine engine, EngineWorker.Task task, Consumer<Throwable> died) {
        this.engine = requireNonNull(engine, "engine is null");
        this.task = requireNonNull(task, "task is null");
        this.died = requireNonNull(died, "died is null");
        this.log = Path.of(task.folder()).resolve("worker.log");
    }

    /** Returns when it works. */
    static WorkerProcess start(
            InstalledEngine engine, EngineWorker.Task task, Consumer<Throwable> died)
            throws IOException {
        var worker = new WorkerProcess(engine, task, died);
        worker.begin();
        return worker;
    }

    private synchronized void begin() throws IOException {
        if (closed) {
            return;
        }
        process =
                EngineProcess.builder(engine, EngineWorker.class, List.of())
                        .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                        .start();
        var in = process.getOutputStream();
        in.write(
                (new ObjectMapper().writeValueAsString(task) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        in.flush();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); !EngineWorker.READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException(lastWords());
            }
        }
        process.onExit().thenAccept(this::ended);
    }

    private synchronized void ended(Process gone) {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        deaths.add(now);
        deaths.removeIf(then -> now - then > TimeUnit.HOURS.toNanos(1));
        try {
            if (deaths.size() < MOST_DEATHS) {
                begin();
            } else {
                died.accept(
                        new IOException(
                                "ended with status %d: %s"
                                        .formatted(gone.exitValue(), lastWords())));
            }
        } catch (IOException e) {
            died.accept(e);
        }
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
