package io.retcon.retrainer.external;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One run of a trainer's program, in a process of its own with what it starts itself. Its output
 * goes to a file and is read from there, so that a worker that dies does not choke it; the next
 * attempt ends what such a worker left running.
 *
 * @param work the folder it runs in
 * @param output what it prints, both streams
 */
record Attempt(List<String> command, Path work, Path output, Duration timeout) {
    private static final String RUNNING = "running";
    private static final long POLL_MILLIS = 200;
    private static final long GRACE_SECONDS = 10;
    private static final int MOST_BYTES_AT_ONCE = 1 << 20;

    Attempt {
        command = List.copyOf(command);
        requireNonNull(work, "work is null");
        requireNonNull(output, "output is null");
        requireNonNull(timeout, "timeout is null");
    }

    /**
     * Runs it to its end.
     *
     * @param cancelled is asked now and then
     * @return why it failed; absent where it ended with 0
     * @throws CancellationException if it was cancelled; then nothing of it runs any more
     * @throws RefusedInput if the program can't be started
     */
    Optional<String> run(TrainerLog log, BooleanSupplier cancelled) {
        endLeftOver();
        var process = start();
        try (var printed = new RandomAccessFile(output.toFile(), "r")) {
            long deadline = System.nanoTime() + timeout.toNanos();
            var lines = new StringBuilder();
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                read(printed, lines, log);
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the retraining went to another worker");
                }
                if (System.nanoTime() > deadline) {
                    return Optional.of("did not end within %s".formatted(said(timeout)));
                }
            }
            read(printed, lines, log);
            log.line(lines.toString());
            int status = process.exitValue();
            return status == 0 ? Optional.empty() : Optional.of("ended with %d".formatted(status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the retraining was interrupted");
        } finally {
            end(process.toHandle());
            forget();
        }
    }

    private Process start() {
        try {
            Files.createDirectories(work);
            var process =
                    new ProcessBuilder(command)
                            .directory(work.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            Files.writeString(work.resolve(RUNNING), identity(process.toHandle()));
            return process;
        } catch (IOException e) {
            throw new RefusedInput(
                    "the program '%s' can't be started: %s"
                            .formatted(command.getFirst(), e.getMessage()),
                    e);
        }
    }

    /** Its number, and when it began: numbers are given again. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
    }

    private void endLeftOver() {
        try {
            var file = work.resolve(RUNNING);
            if (Files.exists(file)) {
                var left = Files.readString(file).strip();
                ProcessHandle.of(Long.parseLong(left.split(" ")[0]))
                        .filter(process -> identity(process).strip().equals(left))
                        .ifPresent(Attempt::end);
                forget();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(work.resolve(RUNNING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it and all that it started to end, and ends what does not. */
    private static void end(ProcessHandle process) {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        for (var one : all) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                one.onExit().get(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                one.destroyForcibly();
            } catch (ExecutionException | TimeoutException stillThere) {
                one.destroyForcibly();
            }
        }
    }

    /** Whole lines that came since; what is no line yet stays. */
    private static void read(RandomAccessFile printed, StringBuilder lines, TrainerLog log)
            throws IOException {
        while (printed.getFilePointer() < printed.length()) {
            long left = printed.length() - printed.getFilePointer();
            var bytes = new byte[(int) Math.min(left, MOST_BYTES_AT_ONCE)];
            printed.readFully(bytes);
            lines.append(new String(bytes, StandardCharsets.UTF_8).replace('\r', '\n'));
            int end;
            while ((end = lines.indexOf("\n")) >= 0) {
                log.line(lines.substring(0, end));
                lines.delete(0, end + 1);
            }
            if (lines.length() > MOST_BYTES_AT_ONCE) {
                lines.setLength(0); // No line that says how far a training is.
            }
        }
    }

    private static String said(Duration timeout) {
        return timeout.toMinutes() > 0
                ? timeout.toMinutes() + " minutes"
                : timeout.toSeconds() + " seconds";
    }
}
