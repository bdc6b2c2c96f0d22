package io.retcon.deploy.bench.soak;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A data folder that nobody uses, of which one file is damaged, and which can be as before. */
final class DamagedFolder {
    private static final List<String> HARMLESS = List.of("lock", "LOCK", "LOG");

    private final Path folder;
    private final Path kept;
    private Path damaged;

    DamagedFolder(Path folder, Path kept) {
        this.folder = requireNonNull(folder, "folder is null");
        this.kept = requireNonNull(kept, "kept is null");
        delete(kept);
        copy(folder, kept);
    }

    /** Cuts, changes or deletes one file of a kind that is drawn first; says what and where. */
    String damage(Random random) {
        var kinds =
                files(folder).stream()
                        .filter(file -> HARMLESS.stream().noneMatch(file.toString()::endsWith))
                        .filter(file -> size(file) > 0)
                        .collect(
                                Collectors.groupingBy(
                                        this::kind, TreeMap::new, Collectors.toList()));
        var kind = new ArrayList<>(kinds.keySet()).get(random.nextInt(kinds.size()));
        var file = kinds.get(kind).get(random.nextInt(kinds.get(kind).size()));
        damaged = file;
        try {
            return "%s of %s".formatted(damage(file, random), folder.relativize(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String damage(Path file, Random random) throws IOException {
        var bytes = Files.readAllBytes(file);
        int place = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> {
                Files.write(file, Arrays.copyOf(bytes, place));
                return "all but " + place + " bytes";
            }
            case 1 -> {
                bytes[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return "a bit of byte " + place;
            }
            default -> {
                Files.delete(file);
                return "the whole";
            }
        }
    }

    /**
     * Of files that are read by the same code: which part of the stack they belong to, and how they
     * end.
     */
    private String kind(Path file) {
        var name = file.getFileName().toString();
        return folder.relativize(file).getName(0)
                + " "
                + name.replaceAll("[0-9]", "").replaceFirst("^.*\\.", ".");
    }

    /** The file. */
    Path damaged() {
        return damaged;
    }

    void restore() {
        delete(folder);
        copy(kept, folder);
    }

    private static List<Path> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (var all = Files.walk(from)) {
            for (var each : all.toList()) {
                Files.copy(
                        each,
                        to.resolve(from.relativize(each)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
