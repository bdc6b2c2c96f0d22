package io.retcon.deploy.stack;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files with a broker's records, whose sizes are noted when it ends well and looked at before
 * it starts again: Kafka believes a folder that was closed well, reads a file that was cut short
 * since as if its last records had never been, and fails much later. After a kill nothing is noted,
 * and Kafka itself looks.
 */
record BrokerLogs(Path folder) {
    private static final System.Logger LOG = System.getLogger(BrokerLogs.class.getName());
    private static final String NOTE = "sizes.tsv";
    private static final String CLOSED_WELL = ".kafka_cleanshutdown";

    BrokerLogs {
        requireNonNull(folder, "folder is null");
    }

    /** To be called once the broker has ended well; a disk that is full keeps it from nothing. */
    void note() {
        try {
            var sizes =
                    files().stream()
                            .map(file -> size(file) + "\t" + folder.relativize(file) + "\n")
                            .collect(Collectors.joining());
            Files.writeString(folder.resolve(NOTE), sum(sizes) + "\n" + sizes);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(WARNING, "the sizes of the broker's files can't be noted", e);
        }
    }

    /**
     * To be called before the broker starts; the note is gone afterwards.
     *
     * @throws RefusedInput if a file is not as the broker left it
     */
    void check() {
        var note = folder.resolve(NOTE);
        try {
            if (Files.exists(note) && Files.exists(folder.resolve(CLOSED_WELL))) {
                check(new String(Files.readAllBytes(note), StandardCharsets.UTF_8));
            }
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(String note) {
        int end = note.indexOf('\n');
        var sizes = note.substring(end + 1);
        if (end < 0 || !note.substring(0, end).equals(sum(sizes))) {
            LOG.log(
                    WARNING,
                    "{0} is damaged: whether the broker''s records are whole is not known",
                    folder.resolve(NOTE));
            return;
        }
        sizes.lines()
                .map(line -> line.split("\t", 2))
                .forEach(line -> check(Long.parseLong(line[0]), folder.resolve(line[1])));
    }

    private static void check(long size, Path file) {
        long found = size(file);
        if (found != size) {
            throw new RefusedInput(
                    "%s is damaged: it has %,d bytes where the broker left %,d: restore it from a copy, or name an empty folder with --data"
                            .formatted(file, found, size));
        }
    }

    /** Of a file that is missing 0. */
    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not those of topics that are being deleted, whose folders end in a name of their own. */
    private List<Path> files() {
        try (var all = Files.walk(folder, 2)) {
            return all.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.getParent().toString().matches(".*-[0-9]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(String sizes) {
        return Sha256.of(sizes.getBytes(StandardCharsets.UTF_8));
    }
}
