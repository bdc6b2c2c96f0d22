package io.retcon.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class WorkerProcessTest {
    /** Says its process id where the test finds it, then does as a worker does. */
    private static final String WORKER =
            "read task; echo $$ >>\"$0\"; echo ready; exec cat >/dev/null";

    @TempDir private Path folder;

    private final CompletableFuture<Throwable> death = new CompletableFuture<>();

    @Test
    void aKilledWorkerIsStartedAgainButNotForEver() throws Exception {
        // Given
        try (var worker = start("")) {
            assertThat(worker).isNotNull();
            for (int deaths = 1; deaths <= 3; deaths++) {
                assertThat(death).isNotDone();
                // When
                ProcessHandle.of(awaitProcess(deaths)).orElseThrow().destroyForcibly();
            }
            // Then
            assertThat(death.get(30, TimeUnit.SECONDS)).hasMessageStartingWith("ended with status");
            assertThat(processes()).hasSize(3);
        }
    }

    @Test
    void aClosedWorkerEnds() throws Exception {
        // Given
        long process;
        try (var worker = start("")) {
            assertThat(worker).isNotNull();
            // When
            process = awaitProcess(1);
        }
        // Then
        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(death).isNotDone();
    }

    @Test
    void aWorkerThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() -> start("echo no engine here >&2; exit 1; "))
                .isInstanceOf(IOException.class)
                .hasMessage("no engine here");
    }

    private WorkerProcess start(String first) throws IOException {
        var task =
                new EngineWorker.Task(
                        "localhost:1", Map.of(), folder.toString(), "cpu", 1, List.of());
        return WorkerProcess.start(
                () ->
                        new ProcessBuilder(
                                "bash",
                                "-c",
                                first + WORKER,
                                folder.resolve("processes").toString()),
                task,
                death::complete);
    }

    private long awaitProcess(int number) throws IOException, InterruptedException {
        while (processes().size() < number) {
            Thread.sleep(20);
        }
        return Long.parseLong(processes().get(number - 1));
    }

    private List<String> processes() throws IOException {
        var file = folder.resolve("processes");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
