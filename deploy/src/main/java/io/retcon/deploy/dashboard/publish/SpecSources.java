package io.retcon.deploy.dashboard.publish;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folders out of which specs that come by the page may name files, and the topics that they may
 * name; nothing else is read.
 */
public final class SpecSources {
    private final List<Path> folders;
    private final Set<String> topics;

    /** Sources for specs that name nothing. */
    public static SpecSources none() {
        return new SpecSources(List.of(), List.of());
    }

    /**
     * @throws RefusedInput if one is no folder
     */
    public SpecSources(List<Path> folders, List<String> topics) {
        this.topics = Set.copyOf(topics);
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
    public Path file(String name) {
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

    /**
     * The topic that a spec names.
     *
     * @throws RefusedInput if it is none of those allowed, whether it exists or not
     */
    public String topic(String name) {
        if (topics.contains(name)) {
            return name;
        }
        throw new RefusedInput(
                "topic '%s' is not read here: publish the spec with ./retcon run, or start the dashboard with --allow-topic %s"
                        .formatted(name, name));
    }
}
