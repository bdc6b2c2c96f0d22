package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.file.FolderName;
import io.retcon.schemas.file.FolderTree;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far one retraining has come, on disk: a checkpoint for a step, which appears whole before the
 * one before it goes. The folder's name says everything that the bits depend on, so that no other
 * retraining takes it up. Not thread-safe.
 */
final class SavedStates {
    private static final String STEP = "step-";
    private static final int NAME_DIGITS = 16;

    private final Path folder;
    private final long pauseNanos;
    private long last = System.nanoTime();

    private SavedStates(Path folder, Duration every) {
        this.folder = requireNonNull(folder, "folder is null");
        this.pauseNanos = every.toNanos();
    }

    /**
     * @param startSha256 of the weights that it starts from
     */
    static SavedStates of(WorkerSettings settings, Retraining retraining, String startSha256) {
        var id = retraining.getId();
        var asked =
                Retraining.newBuilder(retraining)
                        .setState(RetrainingState.PENDING)
                        .setStepsDone(0)
                        .setReason(null)
                        .setSha256(null)
                        .setLosses(List.of())
                        .build();
        var identity =
                Sha256.of(
                        String.join(
                                "\n",
                                asked.toString(),
                                startSha256,
                                Engine.here().name(),
                                Integer.toString(settings.threads())));
        var name =
                "%s-%d-%s"
                        .formatted(
                                FolderName.of(id.getArm()),
                                id.getReplicate(),
                                identity.substring(0, NAME_DIGITS));
        return new SavedStates(
                settings.states().resolve(FolderName.of(id.getIntervention())).resolve(name),
                settings.saveEvery());
    }

    /** Where they lie. */
    Path folder() {
        return folder;
    }

    /** The furthest state that is whole, if the losses up to it are too. */
    Optional<CheckpointFolder> furthest() {
        if (!LossCurve.isIn(folder)) {
            return Optional.empty();
        }
        return steps().stream()
                .sorted(Comparator.comparingLong(SavedStates::step).reversed())
                .map(CheckpointFolder::new)
                .filter(CheckpointFolder::isWhole)
                .findFirst();
    }

    /** Takes up the losses of the steps that the trainer has behind it. */
    void resume(LossCurve losses, Trainer trainer) {
        losses.resume(folder, trainer.step());
    }

    /** Saves the trainer's state, and its losses, if the last one is old enough. */
    void saveNowAndThen(Trainer trainer, LossCurve losses) {
        if (System.nanoTime() - last >= pauseNanos) {
            save(trainer, losses);
            last = System.nanoTime();
        }
    }

    /**
     * Saves the trainer's state and its losses; earlier ones go.
     *
     * @return where it lies
     */
    Path save(Trainer trainer, LossCurve losses) {
        losses.save(folder);
        var earlier = steps();
        var path = folder.resolve(STEP + trainer.step());
        trainer.save(path);
        earlier.stream()
                .filter(step -> !step.equals(path))
                .forEach(step -> new FolderTree(step).delete());
        return path;
    }

    /** To be called when the retraining has its checkpoint. */
    void forget() {
        new FolderTree(folder).delete();
    }

    private List<Path> steps() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(STEP + "\\d{1,18}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long step(Path path) {
        return Long.parseLong(path.getFileName().toString().substring(STEP.length()));
    }
}
