package io.retcon.deploy.bench;

import io.retcon.retrainer.training.Trainer;

import java.util.Optional;

/** By how much the process's peak grows while training goes on: not at all, once it is warm. */
final class MemoryGrowth {
    private static final int WARM = 100;
    private static final int STEPS = 1000;

    private MemoryGrowth() {}

    /** Bytes that the peak grew by from step {@value #WARM} to step {@value #STEPS}. */
    static Measurement measure(Trainer trainer, int[][] batch) {
        long warm = 0;
        for (int step = 1; step <= STEPS; step++) {
            trainer.step(batch);
            if (step == WARM) {
                warm = PeakMemory.bytes();
            }
        }
        long peak = PeakMemory.bytes();
        return new Measurement(
                "train/growth/%d steps".formatted(STEPS),
                peak - warm,
                Optional.empty(),
                "none",
                "bytes",
                Optional.empty(),
                peak,
                Optional.empty(),
                "since step %d".formatted(WARM));
    }
}
