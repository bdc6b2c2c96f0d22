package io.retcon.retrainer.retraining;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A worker in a process of its own, which stands still when a retraining has come to a step. */
public final class WorkerProcess {
    /** Longer than a stage keeps silent between two reports. */
    private static final long PAUSE_MILLIS = 400;

    private WorkerProcess() {}

    /** Arguments: bootstrap servers, the worker's folder, the states' folder, steps done. */
    public static void main(String[] arguments) throws InterruptedException {
        var settings =
                new WorkerSettings(Path.of(arguments[1]), 2, Path.of(arguments[2]), Duration.ZERO);
        long end = Long.parseLong(arguments[3]);
        RetrainingWorker.start(
                new Cluster(arguments[0]),
                settings,
                progress -> standStill(progress, end),
                Throwable::printStackTrace);
        new CountDownLatch(1).await();
    }

    private static void standStill(Progress progress, long end) {
        if (!progress.getStage().equals("retrain")) {
            return;
        }
        try {
            Thread.sleep(progress.getDone() >= end ? Long.MAX_VALUE : PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
