package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;

/**
 * How a retraining worker works.
 *
 * @param folder for checkpoints and spooled windows; the worker's own, the same after a restart
 * @param threads that train and score: another number gives other bits
 */
public record WorkerSettings(Path folder, int threads) {
    public WorkerSettings {
        requireNonNull(folder, "folder is null");
        folder = folder.toAbsolutePath().normalize();
        if (threads < 1) {
            throw new RefusedInput("threads must be 1 or more");
        }
    }
}
