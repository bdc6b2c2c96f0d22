package io.retcon.deploy.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.deploy.Retcon;
import io.retcon.retrainer.training.CheckpointFolder;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The same training in different processes. */
@Timeout(120)
class SameBitsIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"olmo2, 2", "gpt_neox, 1"})
    void twoProcessesGiveTheSameWeights(String name, int threads) throws Exception {
        // Given
        var model = Path.of("..", "..", "shared", "golden", "models", name);
        assumeTrue(Files.isDirectory(model), () -> model + " is absent: golden case skipped");
        // When
        var first = retrain(model, folder.resolve("first"), threads);
        var second = retrain(model, folder.resolve("second"), threads);
        // Then
        assertThat(second.sha256()).isEqualTo(first.sha256());
        for (var file : List.of("optimizer.safetensors", "state.json")) {
            assertThat(second.path().resolve(file))
                    .hasSameBinaryContentAs(first.path().resolve(file));
        }
    }

    private CheckpointFolder retrain(Path model, Path out, int threads)
            throws IOException, InterruptedException {
        var command =
                Stream.of(
                                Stream.of(ProcessHandle.current().info().command().orElseThrow()),
                                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                        .filter(flag -> !flag.startsWith("-agentlib")),
                                Stream.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Retcon.class.getName(),
                                        "retrain",
                                        "--checkpoint",
                                        model.toString(),
                                        "--history",
                                        model.resolve("batches.npy").toString(),
                                        "--recipe",
                                        model.resolve("recipe.json").toString(),
                                        "--threads",
                                        Integer.toString(threads),
                                        "--checkpoint-out",
                                        out.toString()))
                        .flatMap(part -> part)
                        .toList();
        var log = folder.resolve("retrain.log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return new CheckpointFolder(out);
    }
}
