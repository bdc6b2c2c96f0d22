package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

class WorkerIdentityTest {
    @TempDir private Path folder;

    @Test
    void isMadeOnce() {
        // Given
        var identity = new WorkerIdentity(folder.resolve("deep").resolve("worker-id"));

        // When
        var made = identity.get();

        // Then
        assertThat(identity.get()).isEqualTo(made);
        assertThat(UUID.fromString(made)).hasToString(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a337a", "\u0000\u0000", "not-a-uuid-at-all-but-dashed", "\u00ff"})
    void isMadeAnewWhereItIsDamaged(String damaged) throws IOException {
        // Given
        var file = folder.resolve("worker-id");
        Files.write(file, damaged.getBytes(StandardCharsets.ISO_8859_1));

        // When
        var made = new WorkerIdentity(file).get();

        // Then
        assertThat(UUID.fromString(made)).hasToString(made);
        assertThat(file).hasContent(made);
    }
}
