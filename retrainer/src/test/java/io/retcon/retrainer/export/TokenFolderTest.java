package io.retcon.retrainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.history.StepTokens;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class TokenFolderTest {
    private static final int SEQUENCES = 3;
    private static final int TOKENS = 7;
    private static final long SEED = 5;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TokenWidth.class,
            names = {"U16", "U32"})
    void givesBackWhatWasWritten(TokenWidth width) throws IOException {
        // Given
        var steps = steps(11);
        // When
        write(steps, width, 4);
        // Then
        try (var reader = new TokenFolderReader(folder)) {
            assertThat(reader.steps()).isEqualTo(steps.size());
            assertThat(reader.manifest().files()).hasSize(3);
            for (int i = 0; i < steps.size(); i++) {
                var read = reader.step(i);
                assertThat(read.sequences())
                        .as("seed %d step %d", SEED, i)
                        .isDeepEqualTo(steps.get(i).sequences());
                assertThat(read.counted())
                        .as("seed %d step %d", SEED, i)
                        .isDeepEqualTo(steps.get(i).counted());
            }
        }
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        // Given
        write(steps(2), TokenWidth.U16, 4);
        var file = folder.resolve("tokens-00000100-00000102.bin");
        var bytes = Files.readAllBytes(file);
        bytes[3] ^= 1;
        Files.write(file, bytes);
        // When, Then
        assertThatThrownBy(() -> new TokenFolderReader(folder))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("tokens-00000100-00000102.bin: the file is damaged");
    }

    @Test
    void aManifestThatNamesFilesElsewhereIsRefused() throws IOException {
        // Given
        write(steps(2), TokenWidth.U16, 4);
        var manifest = folder.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"tokens-", "\"../tokens-"));
        // When, Then
        assertThatThrownBy(() -> new TokenFolderReader(folder))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("that is not in it");
    }

    private void write(List<StepTokens> steps, TokenWidth width, long stepsPerFile)
            throws IOException {
        var manifest =
                RunManifest.newBuilder()
                        .setSequencesPerStep(SEQUENCES)
                        .setTokensPerSequence(TOKENS)
                        .setPartitions(1)
                        .setVocabulary(1000)
                        .setWidth(width)
                        .setEos(0)
                        .setSteps(1000)
                        .build();
        var next = steps.iterator();
        new TokenFolder(folder, manifest, new Window(100, 100 + steps.size()), stepsPerFile)
                .write("run", "0123456789abcdef", "treated", next::next, done -> {});
    }

    private static List<StepTokens> steps(int count) {
        var random = new SplittableRandom(SEED);
        var steps = new ArrayList<StepTokens>();
        for (int i = 0; i < count; i++) {
            var sequences = new int[SEQUENCES][TOKENS];
            for (var sequence : sequences) {
                for (int t = 0; t < TOKENS; t++) {
                    sequence[t] = random.nextInt(1000);
                }
            }
            var masked = new ArrayList<StepTokens.Masked>();
            if (i % 5 == 1) {
                masked.add(new StepTokens.Masked(0, 4, 3));
                masked.add(new StepTokens.Masked(1, 0, 2));
            }
            steps.add(new StepTokens(sequences, masked));
        }
        return steps;
    }
}
