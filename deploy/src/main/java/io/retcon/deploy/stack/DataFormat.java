package io.retcon.deploy.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Which version of the data folder's layout a folder has, as its {@code retcon-data.json} says. */
record DataFormat(int format) {
    /** The layout that this code reads and writes; raised when an older one can't be read. */
    static final DataFormat OURS = new DataFormat(4);

    static final String FILE = "retcon-data.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Marks an empty folder as ours, and refuses one that this version can't read. */
    static void check(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            refuseForeignFiles(folder);
            keepOthersOut(folder);
            Path draft = Files.createTempFile(folder, FILE, ".new");
            Files.writeString(draft, JSON.writeValueAsString(OURS) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        DataFormat found = read(file);
        if (!found.equals(OURS)) {
            throw new RefusedInput(
                    "data folder %s has format %d and this retcon reads format %d: use the retcon that wrote it, or name an empty folder with --data"
                            .formatted(folder, found.format, OURS.format));
        }
    }

    private static DataFormat read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), DataFormat.class);
        } catch (JsonProcessingException e) {
            throw new RefusedInput(
                    "%s does not say which format the data folder has: restore the file, or name an empty folder with --data"
                            .formatted(file),
                    e);
        }
    }

    /** Another process may mark the same new folder at this moment, and go on to fill it. */
    private static void refuseForeignFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var foreign =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith(FILE))
                            .findAny();
            if (foreign.isPresent() && !Files.exists(folder.resolve(FILE))) {
                throw new RefusedInput(
                        "folder %s holds %s but no %s, so it is no data folder: name an empty one with --data"
                                .formatted(folder, foreign.get(), FILE));
            }
        }
    }

    /**
     * Histories, checkpoints and items may be confidential: of a new folder, only its owner sees
     * anything. One that belongs to somebody else, a mounted volume say, is left as it was set up.
     */
    private static void keepOthersOut(Path folder) throws IOException {
        var posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        var probe = Files.createTempFile(folder, FILE, ".owner");
        try {
            if (posix != null && posix.getOwner().equals(Files.getOwner(probe))) {
                posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
        } finally {
            Files.delete(probe);
        }
    }
}
