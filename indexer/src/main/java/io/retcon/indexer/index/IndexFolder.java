package io.retcon.indexer.index;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.file.FolderName;
import io.retcon.schemas.history.Window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where window indexes lie: run/from-to/partition. Above its bytes those that were used longest ago
 * go; which ones are there changes no answer, only how long it takes.
 *
 * @param bytes how much may lie here
 */
public record IndexFolder(Path path, long bytes) {
    private static final long DEFAULT_BYTES = 64L << 30;

    public IndexFolder {
        requireNonNull(path, "path is null");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes is negative");
        }
    }

    public IndexFolder(Path path) {
        this(path, DEFAULT_BYTES);
    }

    Path of(String run, Window window) {
        return path.resolve(FolderName.of(run)).resolve(window.toString());
    }

    boolean isFull() throws IOException {
        return size(path) >= bytes;
    }

    /** Notes that an index is used now, and deletes others until what is left fits. */
    void use(Path used) throws IOException {
        Files.createDirectories(used);
        Files.setLastModifiedTime(used, FileTime.from(Instant.now()));
        long size = size(path);
        for (var oldest : byLastUse()) {
            if (size <= bytes) {
                return;
            }
            if (!oldest.equals(used)) {
                size -= size(oldest);
                delete(oldest);
            }
        }
    }

    /** Deletes what is there, if anything. */
    static void delete(Path index) throws IOException {
        try (var files = Files.walk(index)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            // As it should be.
        }
    }

    private List<Path> byLastUse() throws IOException {
        var windows = new ArrayList<Path>();
        for (var run : folders(path)) {
            windows.addAll(folders(run));
        }
        windows.sort(Comparator.comparing(IndexFolder::lastUse).thenComparing(Path::toString));
        return windows;
    }

    private static FileTime lastUse(Path window) {
        try {
            return Files.getLastModifiedTime(window);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static long size(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long size = 0;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
