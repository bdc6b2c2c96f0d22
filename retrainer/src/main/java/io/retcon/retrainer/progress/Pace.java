package io.retcon.retrainer.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast training was of late: over the last ten seconds that were spent on it, or its last step
 * where that took longer. What else is done between steps does not count. Not thread-safe.
 */
final class Pace {
    private static final long MEMORY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Deque<Step> steps = new ArrayDeque<>();
    private long tokens;
    private long nanos;

    private record Step(long tokens, long nanos) {}

    void add(long stepTokens, long stepNanos) {
        steps.add(new Step(stepTokens, stepNanos));
        tokens += stepTokens;
        nanos += stepNanos;
        while (nanos - steps.getFirst().nanos >= MEMORY_NANOS) {
            var oldest = steps.removeFirst();
            tokens -= oldest.tokens;
            nanos -= oldest.nanos;
        }
    }

    /** 0 before the first step. */
    double tokensPerSecond() {
        return nanos > 0 ? tokens * 1e9 / nanos : 0;
    }

    /** 0 before the first step. */
    double stepsPerSecond() {
        return nanos > 0 ? steps.size() * 1e9 / nanos : 0;
    }
}
