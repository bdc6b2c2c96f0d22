package io.retcon.retrainer.export;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.history.StepTokens;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A window's tokens as files without headers, as NumPy's memmap and OLMo's trainer read them:
 * sequence after sequence in training order, so many steps a file; and {@code manifest.json}, last,
 * which says what they are.
 */
public final class TokenFolder {
    private final Path folder;
    private final RunManifest manifest;
    private final Window window;
    private final long stepsPerFile;

    /**
     * @throws RefusedInput if there is something in the folder
     */
    public TokenFolder(Path folder, RunManifest manifest, Window window, long stepsPerFile)
            throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.window = requireNonNull(window, "window is null");
        this.stepsPerFile = stepsPerFile;
        if (stepsPerFile < 1) {
            throw new RefusedInput(
                    "%d steps a file are none: say 1 or more".formatted(stepsPerFile));
        }
        Files.createDirectories(folder);
        try (var there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new RefusedInput("%s is not empty: export to a new folder".formatted(folder));
            }
        }
    }

    /**
     * Writes everything.
     *
     * @param steps what each step trains on, in training order
     * @param progress told how many steps are written
     */
    public TokenFolderManifest write(
            String run,
            String intervention,
            String arm,
            Supplier<StepTokens> steps,
            LongConsumer progress)
            throws IOException {
        var files = new ArrayList<TokenFolderManifest.Tokens>();
        for (long from = window.from(); from < window.to(); from += stepsPerFile) {
            long to = Math.min(from + stepsPerFile, window.to());
            files.add(writeFile(from, to, steps, progress));
        }
        var written =
                new TokenFolderManifest(
                        run,
                        intervention,
                        arm,
                        window.from(),
                        window.to(),
                        manifest.getSequencesPerStep(),
                        manifest.getTokensPerSequence(),
                        "uint" + 8 * PackedTokens.bytesPerToken(manifest.getWidth()),
                        manifest.getVocabulary(),
                        manifest.getEos(),
                        files);
        written.write(folder);
        return written;
    }

    private TokenFolderManifest.Tokens writeFile(
            long from, long to, Supplier<StepTokens> steps, LongConsumer progress)
            throws IOException {
        var name = "tokens-%08d-%08d.bin".formatted(from, to);
        var sha = new Sha256();
        long bytes = 0;
        var mask = new LossMask(folder.resolve("mask-%08d-%08d.bin".formatted(from, to)));
        try (OutputStream out = buffered(folder.resolve(name));
                mask) {
            for (long step = from; step < to; step++) {
                var tokens = steps.get();
                mask.add(tokens);
                for (int[] sequence : tokens.sequences()) {
                    var packed = PackedTokens.pack(sequence, manifest.getWidth());
                    sha.update(packed);
                    out.write(packed.array());
                    bytes += packed.remaining();
                }
                progress.accept(step + 1 - window.from());
            }
        }
        var written = mask.written();
        return new TokenFolderManifest.Tokens(
                name,
                from,
                to,
                bytes,
                sha.hex(),
                written.map(file -> file.getFileName().toString()).orElse(null),
                written.isPresent() ? Sha256.ofFile(written.get()) : null);
    }

    private static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }
}
