package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Damages a folder's files: one bit changed, the end cut off, or the whole file lost. */
public record DamagedFiles(Path folder, Random random) {
    public DamagedFiles {
        requireNonNull(folder, "folder is null");
        requireNonNull(random, "random is null");
    }

    /** Returns what it did to which file. */
    public String damageOne() throws IOException {
        Path[] files;
        try (var all = Files.walk(folder)) {
            files =
                    all.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() > 0)
                            .sorted()
                            .toArray(Path[]::new);
        }
        var file = files[random.nextInt(files.length)];
        var bytes = Files.readAllBytes(file);
        switch (random.nextInt(3)) {
            case 0 -> {
                int place = random.nextInt(bytes.length);
                bytes[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return "%s changed at %d of %d".formatted(file, place, bytes.length);
            }
            case 1 -> {
                int length = random.nextInt(bytes.length);
                Files.write(file, Arrays.copyOf(bytes, length));
                return "%s cut to %d of %d".formatted(file, length, bytes.length);
            }
            default -> {
                Files.delete(file);
                return file + " lost";
            }
        }
    }
}
