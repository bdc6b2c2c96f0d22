package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

@EngineContract
class ResumeTest {
    private static final String RECIPE =
            """
            {"learning_rate": 0.01, "warmup_steps": 2, "t_max": 20, "alpha_f": 0.1,
             "weight_decay": 0.1, "no_decay": ["*norm*", "*embed*"], "max_grad_norm": 1.0,
             "z_loss_multiplier": 1e-4}
            """;

    static Stream<String> configs() {
        return TinyModels.all();
    }

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("configs")
    void savingAndLoadingChangesNoBit(String config) {
        // Given
        var whole = folder.resolve("whole");
        var half = folder.resolve("half");
        var resumed = folder.resolve("resumed");
        // When
        try (var trainer = Trainer.fresh(config, recipe(), 1, 2)) {
            train(trainer, 6);
            trainer.save(whole);
        }
        try (var trainer = Trainer.fresh(config, recipe(), 1, 2)) {
            train(trainer, 3);
            trainer.save(half);
        }
        var checkpoint = new CheckpointFolder(half);
        try (var trainer = Trainer.open(checkpoint, checkpoint.recipe(), OptimizerStart.SAVED, 2)) {
            train(trainer, 3);
            trainer.save(resumed);
        }
        // Then
        assertThat(new CheckpointFolder(resumed).step()).isEqualTo(6);
        assertThat(new CheckpointFolder(resumed).sha256())
                .isEqualTo(new CheckpointFolder(whole).sha256())
                .isNotEqualTo(checkpoint.sha256());
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        // Given
        var one = folder.resolve("one");
        var two = folder.resolve("two");
        // When
        try (var first = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1);
                var second = Trainer.fresh(TinyModels.OLMO2, recipe(), 2, 1)) {
            first.save(one);
            second.save(two);
        }
        // Then
        assertThat(new CheckpointFolder(one).sha256())
                .isNotEqualTo(new CheckpointFolder(two).sha256());
    }

    @Test
    void missingOptimizerIsRefusedUnlessAskedFor() throws IOException {
        // Given
        var path = folder.resolve("bare");
        try (var trainer = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1)) {
            trainer.save(path);
        }
        Files.delete(path.resolve("optimizer.safetensors"));
        var checkpoint = new CheckpointFolder(path);
        // When, Then
        assertThatThrownBy(() -> Trainer.open(checkpoint, recipe(), OptimizerStart.SAVED, 1))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("optimizer.safetensors");
        Trainer.open(checkpoint, recipe(), OptimizerStart.COLD_IF_ABSENT, 1).close();
    }

    @Test
    void damagedWeightsAreRefused() throws IOException {
        // Given
        var path = folder.resolve("damaged");
        try (var trainer = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1)) {
            trainer.save(path);
        }
        var bytes = Files.readAllBytes(path.resolve("model.safetensors"));
        bytes[bytes.length - 3] ^= 1;
        Files.write(path.resolve("model.safetensors"), bytes);
        // When, Then
        assertThatThrownBy(() -> new CheckpointFolder(path).model())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("damaged");
    }

    @Test
    void divergenceNamesTheStep() {
        // Given
        var wild = Recipe.parse("{\"learning_rate\": 1e30, \"schedule\": \"constant\"}", "test");
        try (var trainer = Trainer.fresh(TinyModels.OLMO2, wild, 1, 1)) {
            // When, Then
            assertThatThrownBy(() -> train(trainer, 6))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageMatching("step [1-5]: training diverged.*");
        }
    }

    @Test
    void jitterIsSmallAndSeeded() {
        // Given
        try (var plain = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1);
                var one = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1);
                var two = Trainer.fresh(TinyModels.OLMO2, recipe(), 1, 1)) {
            // When
            one.jitter(9, 1e-6);
            two.jitter(9, 1e-6);
            // Then
            int moved = 0;
            long weights = plain.model().layout().length();
            for (long i = 0; i < weights; i++) {
                float before = plain.model().weights().get(i);
                float after = one.model().weights().get(i);
                assertThat(after).isEqualTo(two.model().weights().get(i));
                assertThat(Math.abs(after - before)).isLessThanOrEqualTo(Math.abs(before) * 2e-6f);
                moved += after != before ? 1 : 0;
            }
            assertThat(moved).isGreaterThan((int) (weights / 2));
        }
    }

    private static Recipe recipe() {
        return Recipe.parse(RECIPE, "recipe of the test");
    }

    private static void train(Trainer trainer, int steps) {
        for (int i = 0; i < steps; i++) {
            var random = new SplittableRandom(trainer.step());
            var sequences = new int[5][];
            for (int s = 0; s < sequences.length; s++) {
                sequences[s] = random.ints(20, 0, TinyModels.VOCABULARY).toArray();
            }
            trainer.step(sequences);
        }
    }
}
