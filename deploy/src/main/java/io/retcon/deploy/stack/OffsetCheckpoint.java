package io.retcon.deploy.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A small text file in which a broker notes offsets: a version, the number of lines, and the lines.
 * The broker ends where one is damaged, and does without one that is missing.
 *
 * @param line the form of its lines
 */
record OffsetCheckpoint(Path file, Pattern line) {
    private static final Pattern PARTITIONS = Pattern.compile("([\\w.-]+) (\\d{1,9}) (\\d{1,18})");
    private static final Pattern EPOCHS = Pattern.compile("(\\d{1,9}) (\\d{1,18})");
    private static final int HEAD = 2;

    OffsetCheckpoint {
        requireNonNull(file, "file is null");
        requireNonNull(line, "line is null");
    }

    static OffsetCheckpoint ofPartitions(Path file) {
        return new OffsetCheckpoint(file, PARTITIONS);
    }

    static OffsetCheckpoint ofEpochs(Path file) {
        return new OffsetCheckpoint(file, EPOCHS);
    }

    boolean isDamaged() throws IOException {
        return Files.exists(file) && lines().isEmpty();
    }

    /** Its lines, unless it is damaged or missing. */
    Optional<List<String>> lines() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var all = Files.readString(file, ISO_8859_1).lines().toList();
        if (all.size() < HEAD
                || !all.getFirst().equals("0")
                || !all.get(1).equals(String.valueOf(all.size() - HEAD))) {
            return Optional.empty();
        }
        return Optional.of(all.subList(HEAD, all.size()))
                .filter(lines -> lines.stream().allMatch(line.asMatchPredicate()));
    }
}
