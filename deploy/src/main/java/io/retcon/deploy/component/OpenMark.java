package io.retcon.deploy.component;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that lies beside local state while somebody works on it: found by whoever comes next, it
 * says that the last one was killed.
 */
record OpenMark(Path file) {
    OpenMark {
        requireNonNull(file, "file is null");
    }

    static OpenMark in(Path folder) {
        return new OpenMark(folder.resolve("open"));
    }

    /** Sets the mark; whether it was set already. */
    boolean wasSet() {
        try {
            boolean before = Files.exists(file);
            if (!before) {
                Files.createFile(file);
            }
            return before;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
