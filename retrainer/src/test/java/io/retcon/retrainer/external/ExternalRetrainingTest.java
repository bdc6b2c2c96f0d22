package io.retcon.retrainer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.history.StepTokens;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Programs that do, or do not do, what a trainer must. */
@Timeout(60)
class ExternalRetrainingTest implements ExternalRetraining.Listener {
    private static final String TAKES_THE_START = "cp -r {checkpoint} {out}";

    @TempDir private Path folder;
    private final List<String> told = new ArrayList<>();

    @Override
    public void trained(long step, double loss) {
        told.add(step + " " + loss);
    }

    @Override
    public void remark(String sentence) {
        told.add(sentence);
    }

    @Test
    void whatTheProgramLeavesIsTakenOverAndItsLogIsFollowed() throws Exception {
        // Given
        var script =
                """
                test -s {history}/manifest.json && test -s {recipe} || exit 7
                echo '{"step": {from}, "loss": 2.5}'
                echo '{"step": 11, "loss": 2.25}' >&2
                %s
                """
                        .formatted(TAKES_THE_START);
        // When
        var left =
                retraining(script, Duration.ofMinutes(1), 0)
                        .train(this::step, manifest(), this, never());
        // Then
        assertThat(left.sha256()).isEqualTo(start().sha256());
        assertThat(told).containsExactly("10 2.5", "11 2.25");
    }

    @Test
    void oneThatFailsOnceIsTriedAgain() throws Exception {
        // Given
        var script =
                "test -e {work}/again || { touch {work}/again; echo 'no GPU left'; exit 3; }; "
                        + TAKES_THE_START;
        // When
        var left =
                retraining(script, Duration.ofMinutes(1), 1)
                        .train(this::step, manifest(), this, never());
        // Then
        assertThat(left.sha256()).isEqualTo(start().sha256());
        assertThat(told).containsExactly("trainer 'sh': attempt 1 ended with 3: no GPU left");
    }

    @Test
    void oneThatHangsIsEndedWithAllThatItStarted() throws Exception {
        // Given
        var script = "sleep 1000 & echo $! > {work}/child; echo waiting; wait";
        var retraining = retraining(script, Duration.ofSeconds(1), 1);
        // When
        assertThatThrownBy(() -> retraining.train(this::step, manifest(), this, never()))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(
                        "trainer 'sh' left no checkpoint: attempt 1 did not end within 1 seconds:"
                                + " waiting; attempt 2 did not end within 1 seconds: waiting; what"
                                + " it printed is in ");
        var child = Long.parseLong(Files.readString(folder.resolve("work/child")).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherShapeIsRefused() throws Exception {
        // Given
        var other = folder.resolve("other");
        save(
                TinyModels.OLMO2.replace("\"intermediate_size\": 52", "\"intermediate_size\": 48"),
                other);
        var retraining = retraining("cp -r %s {out}".formatted(other), Duration.ofMinutes(1), 0);
        // When
        assertThatThrownBy(() -> retraining.train(this::step, manifest(), this, never()))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("left a checkpoint of another shape: ")
                .hasMessageContaining("[48, 36] where ")
                .hasMessageContaining("[52, 36] is expected");
    }

    @Test
    void oneThatLeavesNothingIsRefused() throws Exception {
        // Given
        var retraining = retraining("echo done", Duration.ofMinutes(1), 0);
        // When
        assertThatThrownBy(() -> retraining.train(this::step, manifest(), this, never()))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("left no usable checkpoint")
                .hasMessageContaining("it has no config.json");
    }

    @Test
    void aProgramThatIsNotThereIsSaidSo() throws Exception {
        // Given
        var trainer =
                new ExternalTrainer(
                        "none",
                        List.of("/no/such/program"),
                        Duration.ofMinutes(1),
                        3,
                        Optional.empty(),
                        Optional.empty());
        // When
        assertThatThrownBy(() -> retraining(trainer).train(this::step, manifest(), this, never()))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("the program '/no/such/program' can't be started");
    }

    /** What a killed worker left running would fight with the next attempt for the GPU. */
    @Test
    void cancelledItLeavesNothingRunningAndGoesOnWithTheSameFiles() throws Exception {
        // Given
        var script =
                "echo $$ > {work}/child; test -e {work}/again && { %s; exit; }; touch {work}/again; sleep 1000"
                        .formatted(TAKES_THE_START);
        var retraining = retraining(script, Duration.ofMinutes(1), 0);
        // When
        assertThatThrownBy(
                        () ->
                                retraining.train(
                                        this::step,
                                        manifest(),
                                        this,
                                        () -> Files.exists(folder.resolve("work/again"))))
                .isInstanceOf(CancellationException.class);
        var child = Long.parseLong(Files.readString(folder.resolve("work/child")).strip());
        // Then
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
        var left =
                retraining.train(
                        () -> {
                            throw new AssertionError("the files are there already");
                        },
                        manifest(),
                        this,
                        never());
        assertThat(left.sha256()).isEqualTo(start().sha256());
    }

    private static BooleanSupplier never() {
        return () -> false;
    }

    private ExternalRetraining retraining(String script, Duration timeout, int retries)
            throws Exception {
        return retraining(
                new ExternalTrainer(
                        "sh",
                        List.of("sh", "-c", script),
                        timeout,
                        retries,
                        Optional.empty(),
                        Optional.empty()));
    }

    private ExternalRetraining retraining(ExternalTrainer trainer) throws Exception {
        if (!Files.exists(start().path())) {
            save(TinyModels.OLMO2, start().path());
        }
        return new ExternalRetraining(
                trainer,
                new RetrainingId("0123456789abcdef", "treated", 0),
                "run",
                new Window(10, 12),
                start(),
                false,
                folder.resolve("work"));
    }

    private CheckpointFolder start() {
        return new CheckpointFolder(folder.resolve("start"));
    }

    private static void save(String config, Path path) {
        var recipe = Recipe.parse("{\"learning_rate\": 0.01, \"t_max\": 20}", "recipe");
        try (var trainer = Trainer.fresh(config, recipe, 1, Compute.cpu(1))) {
            trainer.save(path);
        }
    }

    private StepTokens step() {
        return new StepTokens(new int[2][16], List.of());
    }

    private static RunManifest manifest() {
        return RunManifest.newBuilder()
                .setSequencesPerStep(2)
                .setTokensPerSequence(16)
                .setPartitions(1)
                .setVocabulary(TinyModels.VOCABULARY)
                .setWidth(TokenWidth.U16)
                .setEos(0)
                .setSteps(20)
                .build();
    }
}
