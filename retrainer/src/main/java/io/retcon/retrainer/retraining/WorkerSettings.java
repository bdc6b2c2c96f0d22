package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Precision;
import io.retcon.retrainer.external.ExternalTrainers;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.record.Checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * How a retraining worker works.
 *
 * @param folder for checkpoints and spooled windows; the worker's own, the same after a restart
 * @param device cpu, or the GPU that is its own, such as cuda:1; on it it does what asks for a GPU
 * @param threads that train and score: another number gives other bits
 * @param states where begun retrainings are kept; workers that share it go on with each other's
 * @param saveEvery how much work a killed worker may lose
 * @param files where checkpoints that records name may lie, besides the folder
 * @param trainers programs that it lets train; where they are there, it does nothing else
 */
public record WorkerSettings(
        Path folder,
        String device,
        int threads,
        Path states,
        Duration saveEvery,
        AllowedFiles files,
        Optional<ExternalTrainers> trainers) {
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    public WorkerSettings {
        requireNonNull(folder, "folder is null");
        folder = folder.toAbsolutePath().normalize();
        states = states.toAbsolutePath().normalize();
        requireNonNull(saveEvery, "saveEvery is null");
        requireNonNull(files, "files is null");
        requireNonNull(trainers, "trainers is null");
        new Compute(device, Precision.FP32, threads);
    }

    /** Begun retrainings lie in the folder too, saved once a minute. */
    public WorkerSettings(Path folder, int threads) {
        this(folder, threads, AllowedFiles.ALL);
    }

    /** The same, where only some files may be opened. */
    public WorkerSettings(Path folder, int threads, AllowedFiles files) {
        this(folder, Compute.CPU, threads, files);
    }

    /** The same on a device. */
    public WorkerSettings(Path folder, String device, int threads, AllowedFiles files) {
        this(
                folder,
                device,
                threads,
                folder.resolve("states"),
                SAVE_EVERY,
                files,
                Optional.empty());
    }

    /** Where everything may be opened. */
    WorkerSettings(Path folder, int threads, Path states, Duration saveEvery) {
        this(folder, Compute.CPU, threads, states, saveEvery, AllowedFiles.ALL, Optional.empty());
    }

    /** The same for a worker that lets these programs train, and scores itself. */
    public WorkerSettings with(ExternalTrainers programs) {
        return new WorkerSettings(
                folder, device, threads, states, saveEvery, files, Optional.of(programs));
    }

    /** What it computes on. */
    Compute compute(Precision precision) {
        return new Compute(device, precision, threads);
    }

    /**
     * The checkpoint with its real location, which is the one that was judged.
     *
     * @throws RefusedInput if the checkpoint lies where nothing may be opened
     */
    Checkpoint allowed(Checkpoint checkpoint) {
        var all = new ArrayList<>(files.folders());
        all.add(folder);
        var folders = files.equals(AllowedFiles.ALL) ? files : new AllowedFiles(all);
        var path =
                folders.at(
                        checkpoint.getLocation(),
                        "checkpoint %d of run '%s'"
                                .formatted(checkpoint.getStep(), checkpoint.getRun()));
        return Checkpoint.newBuilder(checkpoint).setLocation(path.toString()).build();
    }

    boolean mayOpen(Checkpoint checkpoint) {
        try {
            allowed(checkpoint);
            return true;
        } catch (RefusedInput outside) {
            return false;
        }
    }
}
