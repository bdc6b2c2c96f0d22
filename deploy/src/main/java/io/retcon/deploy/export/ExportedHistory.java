package io.retcon.deploy.export;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.Json;
import io.retcon.retrainer.history.StepReader;
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
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A window's tokens as files without headers, as NumPy's memmap and OLMo's trainer read them:
 * sequence after sequence in training order, so many steps a file; and {@code manifest.json}, last,
 * which says what they are.
 */
final class ExportedHistory {
    private final Path folder;
    private final RunManifest manifest;
    private final Window window;
    private final long stepsPerFile;

    /**
     * One of the files.
     *
     * @param mask a file of one byte a token, 0 where the loss ignores it (OLMo's label mask);
     *     absent where it ignores none
     */
    record TokenFile(
            String name,
            long fromStep,
            long toStep,
            long bytes,
            String sha256,
            String mask,
            String maskSha256) {}

    /**
     * What is in the folder.
     *
     * @param tokenType as NumPy calls it
     */
    record Manifest(
            String run,
            String intervention,
            String arm,
            long fromStep,
            long toStep,
            int sequencesPerStep,
            int tokensPerSequence,
            String tokenType,
            int vocabulary,
            int eos,
            List<TokenFile> files) {}

    /**
     * @throws RefusedInput if there is something in the folder
     */
    ExportedHistory(Path folder, RunManifest manifest, Window window, long stepsPerFile)
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
     * @param steps of the window, from its first one on
     * @param progress told how many steps are written
     */
    Manifest write(
            String run, String intervention, String arm, StepReader steps, LongConsumer progress)
            throws IOException {
        var files = new ArrayList<TokenFile>();
        for (long from = window.from(); from < window.to(); from += stepsPerFile) {
            long to = Math.min(from + stepsPerFile, window.to());
            files.add(writeFile(from, to, steps, progress));
        }
        steps.finish();
        var written =
                new Manifest(
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
        Files.writeString(folder.resolve("manifest.json"), Json.line(written) + "\n");
        return written;
    }

    private TokenFile writeFile(long from, long to, StepReader steps, LongConsumer progress)
            throws IOException {
        var name = "tokens-%08d-%08d.bin".formatted(from, to);
        var sha = new Sha256();
        long bytes = 0;
        var mask = new LossMask(folder.resolve("mask-%08d-%08d.bin".formatted(from, to)));
        try (OutputStream out = buffered(folder.resolve(name));
                mask) {
            for (long step = from; step < to; step++) {
                var tokens = steps.next();
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
        return new TokenFile(
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
