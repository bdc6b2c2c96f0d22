package io.retcon.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

class TokenFileTest {
    @TempDir Path folder;

    @SeededTest(tries = 20)
    void readsBackWhatWasWritten(Random random) {
        // Given
        int rows = random.nextInt(5);
        int columns = 1 + random.nextInt(40);
        var sequences = new int[rows][];
        for (int i = 0; i < rows; i++) {
            sequences[i] = random.ints(columns, 0, 60_000).toArray();
        }
        var path = folder.resolve("step.npy");
        NpyWriter.write(path, sequences, random.nextBoolean() ? TokenWidth.U16 : TokenWidth.U32);
        // When
        try (var file = TokenFile.openNpy(path)) {
            // Then
            assertThat(file.shape()).containsExactly(rows, rows == 0 ? 0 : columns);
            for (int i = 0; i < rows; i++) {
                assertThat(file.tokens((long) i * columns, columns)).containsExactly(sequences[i]);
            }
        }
    }

    @SeededTest(tries = 500)
    void damagedFilesAreRefusedAndNeverCrash(Random random) throws IOException {
        // Given
        var path = folder.resolve("damaged.npy");
        NpyWriter.write(path, new int[][] {{1, 2, 3}, {4, 5, 6}}, TokenWidth.U32);
        var bytes = Files.readAllBytes(path);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int kept = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
        Files.write(path, java.util.Arrays.copyOf(bytes, kept));
        // When
        try (var file = TokenFile.openNpy(path)) {
            for (long i = 0; i < file.size(); i++) {
                file.token(i);
            }
        } catch (RefusedInput refused) {
            // Then
            assertThat(refused.getMessage()).contains("damaged.npy");
        }
    }

    @Test
    void headerlessFilesOfTheWrongTypeAreRefused() throws IOException {
        // Given
        var path = Files.write(folder.resolve("tokens.bin"), new byte[7]);
        // When
        assertThatThrownBy(() -> TokenFile.openHeaderless(path, TokenType.U16))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("name the right token type");
    }
}
