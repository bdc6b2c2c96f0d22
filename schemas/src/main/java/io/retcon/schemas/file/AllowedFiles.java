package io.retcon.schemas.file;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
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
     * The real path of the file or folder at {@code location}, which need not be there: what was
     * judged is what is to be opened.
     *
     * @param what it is, for the refusal: "checkpoint 40 of run 'r'"
     * @throws RefusedInput if it lies outside, or the location is none
     */
    public Path at(String location, String what) {
        try {
            var path = Path.of(location);
            if (this.equals(ALL)) {
                return path;
            }
            var real = real(path);
            for (var folder : folders) {
                if (real.startsWith(real(folder))) {
                    return real;
                }
            }
        } catch (InvalidPathException | IOException e) {
            throw new RefusedInput("%s has no location: %s".formatted(what, e.getMessage()), e);
        }
        throw new RefusedInput(
                "%s lies in %s, outside of what the operator lets be opened, %s: have it put there, or that folder allowed with --allow-files"
                        .formatted(what, location, folders));
    }

    /**
     * Goes name by name, as the system does when it opens a path: {@code link/..} is the parent of
     * where the link leads, not the link's. What is not there can't be a link.
     */
    private static Path real(Path path) throws IOException {
        var there = path.toAbsolutePath().getRoot();
        for (var name : path.toAbsolutePath()) {
            if (name.toString().equals("..")) {
                there = there.getParent() == null ? there : there.getParent();
            } else if (!name.toString().equals(".")) {
                var next = there.resolve(name);
                there = Files.exists(next, LinkOption.NOFOLLOW_LINKS) ? next.toRealPath() : next;
            }
        }
        return there;
    }
}
