package io.retcon.retrainer.external;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.export.TokenFolder;
import io.retcon.retrainer.export.TokenFolderManifest;
import io.retcon.retrainer.history.StepTokens;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.FolderTree;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RunManifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A retraining by a program of the operator's: writes what it needs into a folder, runs it until
 * one attempt leaves a checkpoint of the right shape, and takes that over.
 *
 * @param work the retraining's own folder
 * @param start the checkpoint it starts from
 * @param cold whether the optimizer starts anew
 */
public record ExternalRetraining(
        ExternalTrainer trainer,
        RetrainingId id,
        String run,
        Window window,
        CheckpointFolder start,
        boolean cold,
        Path work) {
    private static final long STEPS_PER_FILE = 1_000;

    public ExternalRetraining {
        requireNonNull(trainer, "trainer is null");
        requireNonNull(id, "id is null");
        requireNonNull(window, "window is null");
        requireNonNull(start, "start is null");
        work = work.toAbsolutePath().normalize();
    }

    /** Is told how far it is. */
    public interface Listener {
        /**
         * @param step history steps seen before the update
         * @param loss of the update, in nats
         */
        void trained(long step, double loss);

        /** Something that whoever waits should know, in a sentence. */
        void remark(String sentence);
    }

    /**
     * Trains and returns the folder of the checkpoint that the program left, inside of {@code
     * work}.
     *
     * @param steps what each step trains on, in training order; not asked if an earlier worker has
     *     written it
     * @throws RefusedInput if no attempt leaves a checkpoint that can be taken over
     */
    public CheckpointFolder train(
            Supplier<StepTokens> steps,
            RunManifest manifest,
            Listener listener,
            BooleanSupplier cancelled) {
        var places = places(history(steps, manifest));
        var failures = new ArrayList<String>();
        for (int attempt = 1; attempt <= trainer.retries() + 1; attempt++) {
            var log = new TrainerLog(listener::trained);
            var output = work.resolve("attempt-%d.log".formatted(attempt));
            new FolderTree(out()).delete();
            var failure =
                    new Attempt(trainer.commandLine(places), work, output, trainer.timeout())
                            .run(log, cancelled)
                            .map(why -> log.last().isEmpty() ? why : why + ": " + log.last())
                            .or(this::misfit);
            if (failure.isEmpty()) {
                return new CheckpointFolder(out());
            }
            failures.add("attempt %d %s".formatted(attempt, failure.get()));
            listener.remark("trainer '%s': %s".formatted(trainer.name(), failures.getLast()));
        }
        throw new RefusedInput(
                "trainer '%s' left no checkpoint: %s; what it printed is in %s"
                        .formatted(trainer.name(), String.join("; ", failures), work));
    }

    private Path out() {
        return work.resolve("out");
    }

    private Path historyFolder() {
        return work.resolve("history");
    }

    /** Written once: its manifest comes last. */
    private TokenFolderManifest history(Supplier<StepTokens> steps, RunManifest manifest) {
        var folder = historyFolder();
        try {
            if (Files.exists(folder.resolve("manifest.json"))) {
                return TokenFolderManifest.read(folder);
            }
            new FolderTree(folder).delete();
            return new TokenFolder(folder, manifest, window, STEPS_PER_FILE)
                    .write(run, id.getIntervention(), id.getArm(), steps, written -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Places places(TokenFolderManifest tokens) {
        var places =
                new Places(Map.of())
                        .with(Places.CHECKPOINT, start.path().toAbsolutePath())
                        .with(Places.RECIPE, start.path().toAbsolutePath().resolve("recipe.json"))
                        .with(Places.HISTORY, historyFolder())
                        .with(Places.OUT, out())
                        .with(Places.WORK, work)
                        .with(Places.FROM, window.from())
                        .with(Places.TO, window.to())
                        .with(Places.ARM, id.getArm())
                        .with(Places.REPLICATE, id.getReplicate());
        return trainer.wantsConfig() ? places.with(Places.CONFIG, config(tokens, places)) : places;
    }

    private Path config(TokenFolderManifest tokens, Places places) {
        var own =
                OlmoTrainerConfig.read(
                        trainer.config().orElse(start.path().resolve("config.yaml")));
        var name = "%s-%s-%d".formatted(id.getIntervention(), id.getArm(), id.getReplicate());
        var loadPath =
                trainer.loadPath()
                        .map(places::put)
                        .orElse(start.path().toAbsolutePath().toString());
        var folder = work.resolve("trainer");
        var file = work.resolve("config.yaml");
        try {
            Files.writeString(
                    file,
                    own.of(
                            new OlmoTrainerConfig.Retrained(
                                    name, loadPath, cold, historyFolder(), tokens, folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Why what lies in the folder is no checkpoint of this model, if so. */
    private Optional<String> misfit() {
        var left = new CheckpointFolder(out());
        try {
            var found = shapes(left);
            var expected = shapes(start);
            for (int i = 0; i < expected.size(); i++) {
                if (i >= found.size() || !found.get(i).equals(expected.get(i))) {
                    return Optional.of(
                            "left a checkpoint of another shape: %s where %s is expected"
                                    .formatted(
                                            i < found.size() ? found.get(i) : "nothing",
                                            expected.get(i)));
                }
            }
            left.model().close(); // Reads all weights: they are whole, and numbers.
            return Optional.empty();
        } catch (RefusedInput e) {
            return Optional.of("left no usable checkpoint: " + e.getMessage());
        }
    }

    private static List<String> shapes(CheckpointFolder folder) {
        return folder.config().layout().parameters().stream()
                .map(parameter -> parameter.name() + " " + parameter.shape())
                .toList();
    }

    /** To be called when the checkpoint has been taken over: nothing of it is needed any more. */
    public void forget() {
        new FolderTree(work).delete();
    }
}
