package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.StepRange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class SavedStatesTest {
    private static final String START = "ab".repeat(32);

    @TempDir private Path folder;

    private Trainer trainer;
    private SavedStates states;
    private final LossCurve losses = LossCurve.over(new Window(0, 4));

    @BeforeEach
    void begin() {
        var recipe = Recipe.parse("{\"learning_rate\": 0.01, \"schedule\": \"constant\"}", "test");
        trainer = Trainer.fresh(TinyModels.LLAMA, recipe, 1, 1);
        states = SavedStates.of(settings(1), retraining(7), START);
    }

    @AfterEach
    void end() {
        trainer.close();
    }

    @Test
    void theFurthestStateIsTakenUpAndEarlierOnesGo() throws IOException {
        // Given
        step();
        var first = states.save(trainer, losses);
        step();
        // When
        var second = states.save(trainer, losses);
        // Then
        assertThat(SavedStates.of(settings(1), retraining(7), START).furthest())
                .contains(new CheckpointFolder(second));
        assertThat(new CheckpointFolder(second).step()).isEqualTo(2);
        assertThat(first).doesNotExist();
        states.forget();
        assertThat(states.furthest()).isEmpty();
    }

    @Test
    void whatTheBitsDependOnMakesAnotherRetraining() {
        // Given
        step();
        states.save(trainer, losses);
        // When, Then
        assertThat(SavedStates.of(settings(2), retraining(7), START).furthest()).isEmpty();
        assertThat(SavedStates.of(settings(1), retraining(8), START).furthest()).isEmpty();
        assertThat(SavedStates.of(settings(1), retraining(7), "cd".repeat(32)).furthest())
                .isEmpty();
        var running =
                Retraining.newBuilder(retraining(7))
                        .setState(RetrainingState.RUNNING)
                        .setStepsDone(3)
                        .build();
        assertThat(SavedStates.of(settings(1), running, START).furthest()).isPresent();
    }

    /** Each file of a state, truncated, missing, and with a flipped bit at many places. */
    @Test
    void aStateWithAnyDamagedFileIsPassedOver() throws IOException {
        // Given
        step();
        losses.add(0, 0, 4.5);
        var path = states.save(trainer, losses);
        var files =
                List.of(
                        path.resolve("model.safetensors"),
                        path.resolve("optimizer.safetensors"),
                        path.resolve("state.json"),
                        path.resolve("config.json"),
                        path.resolve("recipe.json"),
                        states.folder().resolve("losses.tsv"));
        for (var file : files) {
            var whole = Files.readAllBytes(file);
            // When, Then
            for (var damaged : damaged(whole)) {
                Files.write(file, damaged);
                assertThat(states.furthest())
                        .as(file + " " + new String(damaged, StandardCharsets.ISO_8859_1))
                        .isEmpty();
            }
            Files.delete(file);
            assertThat(states.furthest()).as(file + " is missing").isEmpty();
            Files.write(file, whole);
            assertThat(states.furthest()).as(file + " is whole again").isPresent();
        }
    }

    private static List<byte[]> damaged(byte[] whole) {
        var damaged = new ArrayList<byte[]>();
        damaged.add(new byte[0]);
        damaged.add(Arrays.copyOf(whole, whole.length / 2));
        var random = new Random(7);
        for (int flip = 0; flip < 24; flip++) {
            var bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            damaged.add(bytes);
        }
        return damaged;
    }

    private void step() {
        trainer.step(new int[][] {{1, 2, 3, 4}});
    }

    private WorkerSettings settings(int threads) {
        return new WorkerSettings(folder, threads);
    }

    private static Retraining retraining(long seed) {
        return Retraining.newBuilder()
                .setId(new RetrainingId("i", "control", 0))
                .setRun("run")
                .setWindow(new StepRange(0L, 4L))
                .setRetrain(RetrainSpec.newBuilder().setReplicates(1).build())
                .setMetrics(List.of("acc_raw"))
                .setSeed(seed)
                .setBenchmarks(List.of("b"))
                .setDocuments(0)
                .setTruncated(0)
                .setState(RetrainingState.PENDING)
                .setStepsDone(0)
                .build();
    }
}
