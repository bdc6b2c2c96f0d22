package io.retcon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The retcon command in a process of its own, with this JVM's flags, whose words go to a file. */
public record RetconProcess(Process process, Path log) implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 5;

    /** Begins a verb and returns. */
    public static RetconProcess start(Path log, List<String> arguments) throws IOException {
        var jvm =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-agentlib"));
        var command =
                Stream.of(
                                Stream.of(ProcessHandle.current().info().command().orElseThrow()),
                                jvm,
                                Stream.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Retcon.class.getName()),
                                arguments.stream())
                        .flatMap(part -> part)
                        .toList();
        return new RetconProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** The status that it ends with. */
    public int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("an end").isTrue();
        return process.exitValue();
    }

    /** Waits until it has printed that it is ready, which a component does. */
    public void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(PATIENCE_MINUTES))
                .until(() -> !process.isAlive() || words().contains("ready in"));
        assertLives();
    }

    public void assertLives() {
        assertThat(process.isAlive()).as(words()).isTrue();
    }

    /** What it has printed so far. */
    public String words() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, which a stack ends well after. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(status()).isZero();
    }

    /** Sends the signal of that name, STOP say. */
    public void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
