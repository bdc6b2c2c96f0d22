package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that an embedded stack keeps everything in, held by one process at a time until it is
 * closed or the process ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {
    static final String LOCK = "retcon.lock";

    /**
     * Folders that this process holds. Closing any channel on a file drops all of the process's
     * locks on it, so a second claim from within must be refused without touching the lock file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the folder where it does not exist, and holds it.
     *
     * @throws RefusedInput if another process holds it, another format's version wrote it, or it
     *     holds something else
     */
    public static DataFolder claim(Path folder) {
        requireNonNull(folder, "folder is null");
        return hold(marked(folder));
    }

    /**
     * Holds one component's part of a data folder, which other components, in this process or
     * others, go on using; the whole is marked as ours if it is new.
     *
     * @throws RefusedInput as {@link #claim} does
     */
    public static DataFolder claimPart(Path folder, String part) {
        requireNonNull(part, "part is null");
        return hold(created(marked(folder).resolve(part)));
    }

    private static DataFolder hold(Path path) {
        if (!HELD.add(path)) {
            throw held(path, Optional.of(ProcessHandle.current().pid()));
        }
        FileChannel lock = null;
        try {
            lock =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw held(path, holder(path));
            }
            lock.truncate(0).write(utf8(ProcessHandle.current().pid() + "\n"), 0);
            return new DataFolder(path, lock);
        } catch (IOException e) {
            release(path, lock);
            throw unusable(path, e);
        } catch (RuntimeException e) {
            release(path, lock);
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** Where the broker keeps its logs of records. */
    public Path broker() {
        return path.resolve("broker");
    }

    @Override
    public void close() {
        release(path, lock);
    }

    private static Path marked(Path folder) {
        Path path = created(folder);
        try {
            DataFormat.check(path);
            return path;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Path created(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new RefusedInput(
                    "data folder %s is a file: name a folder with --data"
                            .formatted(folder.toAbsolutePath()));
        }
        try {
            return Files.createDirectories(folder).toRealPath();
        } catch (IOException e) {
            throw unusable(folder.toAbsolutePath(), e);
        }
    }

    private static RefusedInput unusable(Path path, IOException e) {
        return new RefusedInput(
                "data folder %s cannot be used (%s): name another with --data".formatted(path, e),
                e);
    }

    private static void release(Path path, FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(path);
        }
    }

    private static RefusedInput held(Path path, Optional<Long> pid) {
        return new RefusedInput(
                "data folder %s is in use by %s: stop it, or name another folder with --data"
                        .formatted(path, pid.map(p -> "process " + p).orElse("another process")));
    }

    private static Optional<Long> holder(Path path) throws IOException {
        String text = Files.readString(path.resolve(LOCK)).strip();
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
