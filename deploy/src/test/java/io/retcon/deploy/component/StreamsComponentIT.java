package io.retcon.deploy.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

class StreamsComponentIT {
    /** What RocksDB reads first and what the others hang together by. */
    private static final Pattern HEAD = Pattern.compile("CURRENT|OPTIONS-.*");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path folder;

    /** As a process leaves its stores that is killed while it deletes them. */
    @Test
    void storesThatAKilledProcessWasDeletingDoNotKeepItFromStarting() throws IOException {
        // Given
        try (var data = DataFolder.claim(folder);
                var stack = start(data)) {
            awaitStores();
            assertThat(mark()).exists();
        }
        assertThat(mark()).doesNotExist();
        for (var head : heads()) {
            Files.delete(head);
        }
        Files.createFile(mark());
        // When
        assertThatCode(this::startAndClose).doesNotThrowAnyException();
        // Then
        assertThat(mark()).doesNotExist();
    }

    private void startAndClose() {
        try (var data = DataFolder.claim(folder);
                var stack = start(data)) {
            awaitStores();
            assertThat(stack.ended()).isNotDone();
        }
    }

    private void awaitStores() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (heads().isEmpty()) {
            assertThat(System.nanoTime()).as("stores are opened in time").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static Stack start(DataFolder data) {
        return Stack.embedded(data, 0, 1, List.of(Stages.streams()), part -> {});
    }

    private Path mark() {
        return folder.resolve("streams").resolve("open");
    }

    private List<Path> heads() {
        try (var files = Files.walk(folder.resolve("streams"))) {
            return files.filter(file -> HEAD.matcher(file.getFileName().toString()).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
