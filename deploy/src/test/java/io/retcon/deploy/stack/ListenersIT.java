package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.retcon.deploy.Retcon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a stack listens that was told nothing: on this machine alone, as Linux counts sockets. */
class ListenersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The state of a TCP socket that listens, in /proc/net/tcp. */
    private static final String LISTENS = "0A";

    /** 127.0.0.1, ::1 and 127.0.0.1 as an IPv6 address, as /proc/net/tcp and tcp6 write them. */
    private static final List<String> LOOPBACK =
            List.of(
                    "0100007F",
                    "00000000000000000000000001000000",
                    "0000000000000000FFFF00000100007F");

    @TempDir private Path folder;

    @Test
    void nothingListensBeyondThisMachine() throws Exception {
        // Given
        assumeThat(Path.of("/proc/self/net/tcp")).as("Linux says who listens").exists();
        var process =
                start("--port=0", "--dashboard-port=0", "--metrics-port=0", "--allow-publish");
        try {
            // When
            awaitReady(process);
            var listeners = listeners(process.pid());
            // Then
            assertThat(listeners)
                    .as("broker, controller, dashboard and metrics")
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(address -> assertThat(LOOPBACK).contains(address.split(":")[0]));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Retcon.class.getName(),
                        "up",
                        "--data=" + folder.resolve("data")));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return folder.resolve("output");
    }

    private void awaitReady(Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output()).contains("ready in")) {
            assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(output())).isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** Address and port, in hexadecimal, of every socket of a process that takes connections. */
    private static List<String> listeners(long pid) throws IOException {
        var own = sockets(pid);
        var found = new ArrayList<String>();
        for (var table : List.of("tcp", "tcp6")) {
            var lines =
                    Files.readAllLines(
                            Path.of("/proc", Long.toString(pid), "net", table),
                            StandardCharsets.US_ASCII);
            for (var line : lines.subList(1, lines.size())) {
                var fields = line.strip().split("\\s+");
                if (fields[3].equals(LISTENS) && own.contains(fields[9])) {
                    found.add(fields[1]);
                }
            }
        }
        return found;
    }

    /** Inodes of the sockets that a process holds. */
    private static Set<String> sockets(long pid) throws IOException {
        var inodes = new HashSet<String>();
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (var file : files.toList()) {
                var target =
                        Files.exists(file) ? Files.readSymbolicLink(file).toString() : "closed";
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }
}
