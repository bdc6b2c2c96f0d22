package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

class RunningStackTest {
    @TempDir private Path data;

    @Test
    void isFoundWhereItAnswers() throws IOException {
        // Given
        try (var listener = listener()) {
            note(listener.getLocalPort(), ProcessHandle.current().pid());

            // When
            var stack = RunningStack.on(data);

            // Then
            assertThat(stack.bootstrapServers()).isEqualTo("127.0.0.1:" + listener.getLocalPort());
        }
    }

    @Test
    void isNotWhereNothingWasNoted() {
        assertNoneRuns();
    }

    @Test
    void isNotWhereItsProcessIsGone() throws IOException {
        // Given
        try (var listener = listener()) {
            note(listener.getLocalPort(), Integer.MAX_VALUE);

            // When, Then
            assertNoneRuns();
        }
    }

    @Test
    void isNotWhereNobodyListens() throws IOException {
        // Given
        int port;
        try (var listener = listener()) {
            port = listener.getLocalPort();
        }
        note(port, ProcessHandle.current().pid());

        // When, Then
        assertNoneRuns();
    }

    private void assertNoneRuns() {
        assertThatThrownBy(() -> RunningStack.on(data))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "no stack runs on %s: start one with ./retcon up, or name a cluster with --bootstrap-servers"
                                .formatted(data));
    }

    private void note(int port, long pid) throws IOException {
        Files.writeString(
                data.resolve(RunningStack.FILE),
                "{\"bootstrapServers\":\"127.0.0.1:%d\",\"pid\":%d}".formatted(port, pid));
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }
}
