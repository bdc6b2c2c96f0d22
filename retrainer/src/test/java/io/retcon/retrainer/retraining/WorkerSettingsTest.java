package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.serde.TrustedRecords;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class WorkerSettingsTest {
    @TempDir Path folder;

    @BeforeAll
    static void vouch() {
        TrustedRecords.vouch();
    }

    private static Checkpoint at(Path location) {
        return Checkpoint.newBuilder()
                .setRun("r")
                .setStep(4)
                .setLocation(location.toString())
                .setSha256("0")
                .setEngine("nd4j")
                .setThreads(1)
                .build();
    }

    @Test
    void aCheckpointOutsideOfWhatTheOperatorAllowsIsNotOpened() {
        // Given
        var settings =
                new WorkerSettings(
                        folder.resolve("own"),
                        1,
                        new AllowedFiles(List.of(folder.resolve("given"))));
        // Then
        assertThatCode(() -> settings.allowed(at(folder.resolve("given/a"))))
                .doesNotThrowAnyException();
        assertThat(settings.mayOpen(at(folder.resolve("own/checkpoints/i/treated-0")))).isTrue();
        assertThat(settings.mayOpen(at(folder.resolve("own/../other")))).isFalse();
        assertThatThrownBy(() -> settings.allowed(at(Path.of("/etc"))))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("checkpoint 4 of run 'r' lies in /etc, outside");
    }

    @Test
    void whereNothingIsSaidEverythingMayBeOpened() {
        // Given
        var settings = new WorkerSettings(folder, 1);
        // Then
        assertThat(settings.mayOpen(at(Path.of("/elsewhere")))).isTrue();
    }
}
