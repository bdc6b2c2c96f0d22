package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

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

    /** Cut short, a byte flipped, emptied: each is said, none is a bug's trace. */
    @SeededTest(tries = 200)
    void aDamagedNoteIsFoundOrRefusedInASentence(Random random) throws IOException {
        try (var listener = listener()) {
            // Given
            note(listener.getLocalPort(), ProcessHandle.current().pid());
            var file = data.resolve(RunningStack.FILE);
            var bytes = Files.readAllBytes(file);
            int place = random.nextInt(bytes.length);
            if (random.nextBoolean()) {
                bytes[place] ^= (byte) (1 << random.nextInt(8));
            } else {
                bytes = Arrays.copyOf(bytes, place);
            }
            Files.write(file, bytes);
            // When
            var thrown = catchThrowable(() -> RunningStack.on(data));
            // Then
            assertThat(thrown)
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isNull(),
                            refused -> assertThat(refused).isInstanceOf(RefusedInput.class));
        }
    }

    /** A flipped bit made 66695 of 36695 once. */
    @Test
    void aPortThatCannotBeIsRefused() throws IOException {
        // Given
        note(66_695, ProcessHandle.current().pid());

        // When, Then
        assertThatThrownBy(() -> RunningStack.on(data))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("is damaged");
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
