package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.file.FolderName;
import io.retcon.schemas.history.Window;

import java.nio.file.Path;

/** Where the vectors of windows lie: run/from-to/encoders. They are dear and never deleted. */
record VectorFolders(Path path) {
    private static final int DIGITS = 16;

    VectorFolders {
        requireNonNull(path, "path is null");
    }

    /**
     * @param sha256 of the encoders
     */
    Path of(String run, Window window, String sha256) {
        return path.resolve(FolderName.of(run))
                .resolve(window.toString())
                .resolve(sha256.substring(0, DIGITS));
    }
}
