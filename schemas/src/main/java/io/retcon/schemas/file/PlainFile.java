package io.retcon.schemas.file;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file at a place that a user named, who may have put something else there. */
public record PlainFile(Path path) {
    public PlainFile {
        requireNonNull(path, "path is null");
    }

    /**
     * Whether it is there.
     *
     * @throws RefusedInput if what is there is a folder, which nobody can read, or a pipe or a
     *     device, which could be waited for for ever; or if it may not be read
     */
    public boolean isThere() {
        if (!Files.exists(path)) {
            return false;
        }
        if (!Files.isRegularFile(path)) {
            throw new RefusedInput(
                    "%s: this is no plain file but a folder, a pipe or a device: put the file there"
                            .formatted(path));
        }
        if (!Files.isReadable(path)) {
            throw new RefusedInput(
                    "%s: not readable: let the user that Retcon runs as read it".formatted(path));
        }
        return true;
    }
}
