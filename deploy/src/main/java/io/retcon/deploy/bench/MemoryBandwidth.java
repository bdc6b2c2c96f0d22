package io.retcon.deploy.bench;

import java.util.Arrays;

/** How fast one core of this machine reads memory. */
final class MemoryBandwidth {
    private static final int LONGS = 16 << 20;
    private static final int PASSES = 8;

    private MemoryBandwidth() {}

    /** Bytes a second: the best of several passes that add up an array larger than any cache. */
    static double measure() {
        var array = new long[LONGS];
        Arrays.setAll(array, i -> i);
        double best = 0;
        long sum = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            var timer = new CpuTimer();
            sum += timer.time(() -> Arrays.stream(array).sum());
            best = Math.max(best, LONGS * (double) Long.BYTES / timer.seconds());
        }
        if (sum != PASSES * (long) LONGS * (LONGS - 1) / 2) {
            throw new IllegalStateException("the array's sum is wrong");
        }
        return best;
    }
}
