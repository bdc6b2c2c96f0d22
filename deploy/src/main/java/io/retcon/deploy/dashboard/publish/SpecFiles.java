package io.retcon.deploy.dashboard.publish;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders out of which specs that come by the page may name files; no other file is read. */
public final class SpecFiles {
    private final List<Path> folders;

    /**
     * @throws RefusedInput if one is no folder
     */
    public SpecFiles(List<Path> folders) {
        var real = new ArrayList<Path>();
        for (var folder : folders) {
            try {
                real.add(folder.toRealPath());
            } catch (IOException e) {
                throw new RefusedInput(
                        "folder %s cannot be read: name one that exists with --allow-files"
                                .formatted(folder),
                        e);
            }
        }
        this.folders = List.copyOf(real);
    }

    /**
     * The file that a spec names: its real path, links followed, lies in one of the folders.
     *
     * @throws RefusedInput if it does not, in words that do not tell what exists elsewhere
     */
    public Path resolve(String name) {
        for (var folder : folders) {
            try {
                var real = folder.resolve(name).toRealPath();
                if (real.startsWith(folder) && Files.isRegularFile(real)) {
                    return real;
                }
            } catch (IOException | InvalidPathException notThere) {
                continue;
            }
        }
        throw new RefusedInput(
                folders.isEmpty()
                        ? "file '%s' is not read here: publish the spec with ./retcon run, or start the dashboard with --allow-files FOLDER"
                                .formatted(name)
                        : "file '%s' lies in none of the folders that this dashboard may read (%s): put it there"
                                .formatted(name, folders));
    }
}
