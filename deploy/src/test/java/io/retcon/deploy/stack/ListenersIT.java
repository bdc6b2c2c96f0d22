package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.retcon.deploy.RetconProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a stack listens that was told nothing: on this machine alone, as Linux counts sockets. */
class ListenersIT {
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
        try (var process =
                RetconProcess.start(
                        folder.resolve("output"),
                        List.of(
                                "up",
                                "--data=" + folder.resolve("data"),
                                "--port=0",
                                "--dashboard-port=0",
                                "--metrics-port=0",
                                "--allow-publish"))) {
            // When
            process.awaitReady();
            var listeners = listeners(process.process().pid());
            // Then
            assertThat(listeners)
                    .as("broker, controller, dashboard and metrics")
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(address -> assertThat(LOOPBACK).contains(address.split(":")[0]));
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
