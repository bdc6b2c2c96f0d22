package io.retcon.deploy.metrics;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How much a folder holds, looked at once a minute at most. Thread-safe. */
final class FolderSize implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final Path folder;
    private long looked = System.nanoTime() - PAUSE;
    private double bytes;
    private boolean closed;

    FolderSize(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Bytes in its files; NaN once its owner has left it. */
    synchronized double bytes() {
        long now = System.nanoTime();
        if (!closed && now - looked >= PAUSE) {
            looked = now;
            bytes = look();
        }
        return closed ? Double.NaN : bytes;
    }

    private double look() {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(FolderSize::size).sum();
        } catch (IOException | UncheckedIOException vanished) {
            return bytes;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException vanished) {
            return 0;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
