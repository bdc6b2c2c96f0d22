package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.Retcon;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stack on a small disk says that it gets full before it is, and goes on when there is room. */
class FullDiskIT {
    private static final int MEGABYTES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir private Path folder;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    @Test
    void saysSoBeforeItIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            // Given
            var first = up(disk, "first");
            awaitReady("first", first);
            // When
            disk.fill(MEGABYTES / 5);
            // Then
            assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).as(said("first")).isEqualTo(1);
            assertThat(said("first")).contains("MB left", "make room there and start again");
            // When
            var second = up(disk, "second");
            // Then
            assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            // When
            disk.makeRoom();
            var third = up(disk, "third");
            // Then
            awaitReady("third", third);
            third.destroy();
            assertThat(third.waitFor()).isZero();
        }
    }

    /** Faster than anybody looks: whoever notices first, the process ends with a sentence. */
    @Test
    void aDiskThatIsFullAtOnceEndsItWithASentence() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            // Given
            var up = up(disk, "up");
            awaitReady("up", up);
            // When
            disk.fill(0);
            // Then
            assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).as(said("up")).isEqualTo(1);
            assertThat(said("up")).contains("MB left", "make room");
        }
    }

    @Test
    void aReserveIsAQuarterOfASmallDisk() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), 40)) {
            var reserve = new DiskReserve(disk.path());
            // Given
            disk.fill(11);
            reserve.check();
            // When
            disk.fill(9);
            // Then
            assertThatThrownBy(reserve::check)
                    .isInstanceOf(DiskFull.class)
                    .hasMessageContaining("below 10 MB");
        }
    }

    private Process up(SmallDisk disk, String log) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Retcon.class.getName()));
        command.addAll(List.of("up", "--port", "0", "--dashboard-port", "0", "--data"));
        command.add(disk.path().resolve("data").toString());
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(log).toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private void awaitReady(String log, Process process) throws IOException {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || said(log).contains("ready in"));
        assertThat(process.isAlive()).as(said(log)).isTrue();
    }

    private String said(String log) throws IOException {
        return Files.readString(folder.resolve(log));
    }
}
