package io.retcon.deploy.bench.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java process of this program's classes that is killed and started again; its output goes to a
 * file. Not thread-safe but for {@link #close}, after which it is not started again.
 */
final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final List<String> command;
    private final String ready;
    private final Path log;
    private Process process;
    private long readBefore;
    private boolean closed;

    /**
     * @param ready what a line of its output begins with once it works
     * @param log appended to by each start
     */
    ChildProcess(String name, String main, List<String> arguments, String ready, Path log) {
        this.name = requireNonNull(name, "name is null");
        this.ready = requireNonNull(ready, "ready is null");
        this.log = requireNonNull(log, "log is null");
        this.command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-Xm"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        try {
            readBefore = Files.exists(log) ? Files.size(log) : 0;
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it works; where it ended by itself it does not. */
    boolean isReady() {
        return isAlive() && said().lines().anyMatch(line -> line.startsWith(ready));
    }

    /** What it said since it was last started. */
    String said() {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(readBefore);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("%s did not start: %s".formatted(name, said()));
            }
            Thread.sleep(50);
        }
    }

    /** SIGKILL: nothing is closed, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
