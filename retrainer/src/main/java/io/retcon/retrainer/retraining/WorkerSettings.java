package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a retraining worker works.
 *
 * @param folder for checkpoints and spooled windows; the worker's own, the same after a restart
 * @param threads that train and score: another number gives other bits
 * @param states where begun retrainings are kept; workers that share it go on with each other's
 * @param saveEvery how much work a killed worker may lose
 */
public record WorkerSettings(Path folder, int threads, Path states, Duration saveEvery) {
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    public WorkerSettings {
        requireNonNull(folder, "folder is null");
        folder = folder.toAbsolutePath().normalize();
        states = states.toAbsolutePath().normalize();
        requireNonNull(saveEvery, "saveEvery is null");
        if (threads < 1) {
            throw new RefusedInput("threads must be 1 or more");
        }
    }

    /** Begun retrainings lie in the folder too, saved once a minute. */
    public WorkerSettings(Path folder, int threads) {
        this(folder, threads, folder.resolve("states"), SAVE_EVERY);
    }
}
