package io.retcon.retrainer.retraining;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A folder's own name for its worker, made once and kept in a file. A damaged one is made anew: the
 * cluster then takes the worker for another, and waits for the old one's session to end.
 */
record WorkerIdentity(Path file) {
    private static final System.Logger LOG = System.getLogger(WorkerIdentity.class.getName());

    WorkerIdentity {
        requireNonNull(file, "file is null");
    }

    String get() {
        try {
            return Files.exists(file) ? kept() : made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String kept() throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException damaged) {
            LOG.log(WARNING, "{0} is damaged: this worker begins under a new name", file);
            return made();
        }
    }

    private String made() throws IOException {
        var name = UUID.randomUUID().toString();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, name);
        return name;
    }
}
