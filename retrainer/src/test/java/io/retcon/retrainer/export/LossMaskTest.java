package io.retcon.retrainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.history.StepTokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class LossMaskTest {
    @TempDir private Path folder;

    @Test
    void holdsAByteATokenFromTheFirstStepOn() throws IOException {
        long seed = 11;
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 50; trial++) {
            // Given
            var steps = new ArrayList<StepTokens>();
            for (int step = 0; step < 4; step++) {
                steps.add(new StepTokens(new int[2][5], masked(random)));
            }
            var file = folder.resolve(trial + ".bin");

            // When
            var mask = new LossMask(file);
            try (mask) {
                for (var step : steps) {
                    mask.add(step);
                }
            }

            // Then
            boolean any = steps.stream().anyMatch(step -> !step.masked().isEmpty());
            assertThat(mask.written().isPresent())
                    .as("seed %d trial %d", seed, trial)
                    .isEqualTo(any)
                    .isEqualTo(Files.exists(file));
            if (any) {
                assertThat(Files.readAllBytes(file))
                        .as("seed %d trial %d", seed, trial)
                        .isEqualTo(flat(steps));
            }
        }
    }

    private static List<StepTokens.Masked> masked(SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            return List.of();
        }
        int start = random.nextInt(5);
        return List.of(
                new StepTokens.Masked(random.nextInt(2), start, 1 + random.nextInt(5 - start)));
    }

    private static byte[] flat(List<StepTokens> steps) {
        var bytes = new ByteArrayOutputStream();
        for (var step : steps) {
            for (boolean[] row : step.counted()) {
                for (boolean counted : row) {
                    bytes.write(counted ? 1 : 0);
                }
            }
        }
        return bytes.toByteArray();
    }
}
