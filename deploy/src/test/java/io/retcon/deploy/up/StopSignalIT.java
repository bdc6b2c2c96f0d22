package io.retcon.deploy.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.RetconProcess;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** What a stack does when it is told to stop by a key, by another process, by a closed terminal. */
class StopSignalIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aStackEndsInOrder(String signal) throws Exception {
        // Given
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
}
