package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The pairs of encoders that specs may name: folders in a folder, see {@link
 * io.retcon.indexer.dense}.
 *
 * @param threads how many texts are encoded and questions searched for at once; changes no result
 */
public record Encoders(Path folder, int threads) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public Encoders {
        requireNonNull(folder, "folder is null");
        if (threads < 1) {
            throw new IllegalArgumentException("there must be a thread");
        }
    }

    /**
     * The folder of a pair.
     *
     * @throws RefusedInput if there is none of this name
     */
    public Path named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedInput(
                    "'%s' is no name of encoders: say the name of a folder in %s"
                            .formatted(name, folder.toAbsolutePath().normalize()));
        }
        var path = folder.resolve(name);
        if (!Files.isDirectory(path)) {
            throw new RefusedInput(
                    "there are no encoders '%s': put their folder at %s"
                            .formatted(name, path.toAbsolutePath().normalize()));
        }
        return path;
    }
}
