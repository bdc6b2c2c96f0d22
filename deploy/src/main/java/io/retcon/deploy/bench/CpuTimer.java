package io.retcon.deploy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/** Adds up the processor time of what runs on this thread between its calls. */
final class CpuTimer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long nanos;

    void time(Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        nanos += THREADS.getCurrentThreadCpuTime() - start;
    }

    <T> T time(Supplier<T> work) {
        long start = THREADS.getCurrentThreadCpuTime();
        var result = work.get();
        nanos += THREADS.getCurrentThreadCpuTime() - start;
        return result;
    }

    double seconds() {
        return nanos / 1e9;
    }
}
