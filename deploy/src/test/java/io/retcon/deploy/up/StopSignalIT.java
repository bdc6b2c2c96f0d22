package io.retcon.deploy.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.retcon.deploy.RetconProcess;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a stack does when it is told to stop by a key, by another process, by a closed terminal. */
class StopSignalIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"HUP, 1", "INT, 2", "TERM, 15"})
    void aStackEndsInOrder(String signal, int number) throws Exception {
        // Given
        assumeThat(isIgnored(number)).as("a shell's background job ignores it").isFalse();
        try (var stack =
                RetconProcess.start(
                        folder.resolve("said"),
                        List.of(
                                "up",
                                "--port=0",
                                "--dashboard-port=0",
                                "--data=" + folder.resolve("data")))) {
            stack.awaitReady();
            // When
            stack.signal(signal);
            // Then
            assertThat(stack.status()).as(stack.words()).isZero();
        }
    }

    /** Of the signals that this process ignores, and with it the ones that it starts; on Linux. */
    private static boolean isIgnored(int signal) throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (var lines = Files.lines(status)) {
            var ignored =
                    lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
            var mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16);
            return (mask >> (signal - 1) & 1) == 1;
        }
    }
}
