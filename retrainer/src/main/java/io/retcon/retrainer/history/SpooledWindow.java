package io.retcon.retrainer.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * A window's token ids in a file, with what they must be.
 *
 * @param sums CRC32C of each step's bytes
 * @param masked tokens that the loss ignores, by step: few, so they are in memory
 */
public record SpooledWindow(
        Path file,
        Window window,
        RunManifest manifest,
        long[] sums,
        Map<Long, List<StepTokens.Masked>> masked) {
    public SpooledWindow {
        requireNonNull(file, "file is null");
        requireNonNull(window, "window is null");
        requireNonNull(manifest, "manifest is null");
        masked = Map.copyOf(masked);
    }

    /** Copies a whole window to {@code file}, which appears whole or not at all. */
    public static SpooledWindow write(
            Path file, StepReader steps, Window window, RunManifest manifest) {
        // Grows: a window may claim more steps than history has.
        var sums = LongStream.builder();
        var masked = new TreeMap<Long, List<StepTokens.Masked>>();
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                for (long step = window.from(); step < window.to(); step++) {
                    var tokens = steps.next();
                    var crc = new CRC32C();
                    for (int[] sequence : tokens.sequences()) {
                        var packed = PackedTokens.pack(sequence, manifest.getWidth()).array();
                        crc.update(packed);
                        out.write(packed);
                    }
                    sums.add(crc.getValue());
                    if (!tokens.masked().isEmpty()) {
                        masked.put(step, tokens.masked());
                    }
                }
            }
            steps.finish();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SpooledWindow(file, window, manifest, sums.build().toArray(), masked);
    }

    /** CRC32C of a step's bytes. */
    long sum(long step) {
        return sums[Math.toIntExact(step - window.from())];
    }

    List<StepTokens.Masked> masked(long step) {
        return masked.getOrDefault(step, List.of());
    }
}
