package io.retcon.schemas.file;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders in which an operator lets a process open what records name; links that lead out of
 * them are followed before they are judged.
 */
public record AllowedFiles(List<Path> folders) {
    /** Whatever the process's user may read. */
    public static final AllowedFiles ALL = new AllowedFiles(List.of(Path.of("/")));

    public AllowedFiles {
        folders = List.copyOf(folders);
    }

    /**
     * The file or folder at {@code location}, which need not be there.
     *
     * @param what it is, for the refusal: "checkpoint 40 of run 'r'"
     * @throws RefusedInput if it lies outside, or the location is none
     */
    public Path at(String location, String what) {
        try {
            var path = Path.of(location);
            if (this.equals(ALL) || folders.stream().anyMatch(folder -> holds(folder, path))) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new RefusedInput("%s has no location: %s".formatted(what, e.getMessage()), e);
        }
        throw new RefusedInput(
                "%s lies in %s, outside of what the operator lets be opened, %s: have it put there, or that folder allowed with --allow-files"
                        .formatted(what, location, folders));
    }

    private static boolean holds(Path folder, Path path) {
        return real(path).startsWith(real(folder));
    }

    /** Without links as far as it is there; what is not there can't be a link. */
    private static Path real(Path path) {
        var whole = path.toAbsolutePath().normalize();
        for (var there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole));
            } catch (IOException notThere) {
                // Its parent may be.
            }
        }
        return whole;
    }
}
