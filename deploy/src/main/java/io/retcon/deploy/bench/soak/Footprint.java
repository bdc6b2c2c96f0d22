package io.retcon.deploy.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory, threads and file handles of this process at one moment.
 *
 * @param residentBytes resident memory
 * @param nativeBytes of that, what is beyond the heap: a heap's size is the collector's choice
 * @param heapBytes objects in the heap that are in use
 * @param threads of the operating system, those of native libraries included
 * @param handles open file descriptors
 */
record Footprint(long residentBytes, long nativeBytes, long heapBytes, long threads, long handles) {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Collects all garbage first. */
    static Footprint now() {
        long live = LiveHeap.bytes();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long resident = status("VmRSS:") << 10;
        return new Footprint(
                resident,
                Math.max(0, resident - heap.getCommitted()),
                live,
                status("Threads:"),
                openHandles());
    }

    /** Whether this system says all of it. */
    static boolean isKnown() {
        return Files.isReadable(STATUS)
                && ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean;
    }

    private static long status(String key) {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long openHandles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }
}
