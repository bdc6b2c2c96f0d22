package io.retcon.retrainer.export;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.history.StepTokens;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of token files, step by step in training order. */
public final class TokenFolderReader implements AutoCloseable {
    private final TokenFolderManifest manifest;
    private final List<Part> parts = new ArrayList<>();

    /** One file and its mask, all of it 1 where there is none. */
    private record Part(TokenFolderManifest.Tokens about, TokenFile tokens, Optional<Path> mask) {}

    /**
     * @throws RefusedInput if a file is not what the manifest says
     */
    public TokenFolderReader(Path folder) {
        this.manifest = TokenFolderManifest.read(requireNonNull(folder, "folder is null"));
        if (manifest.sequencesPerStep() < 1 || manifest.tokensPerSequence() < 2) {
            throw new RefusedInput(
                    "%s: its manifest speaks of %d sequences of %d tokens a step"
                            .formatted(
                                    folder,
                                    manifest.sequencesPerStep(),
                                    manifest.tokensPerSequence()));
        }
        try {
            for (var about : manifest.files()) {
                var tokens = whole(folder, about.name(), about.sha256());
                var mask =
                        Optional.ofNullable(about.mask())
                                .map(name -> whole(folder, name, about.maskSha256()));
                parts.add(new Part(about, TokenFile.openHeaderless(tokens, type(folder)), mask));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private TokenType type(Path folder) {
        return switch (manifest.tokenType()) {
            case "uint16" -> TokenType.U16;
            case "uint32" -> TokenType.U32;
            default ->
                    throw new RefusedInput(
                            "%s: tokens of type '%s' are not read: uint16 and uint32 are"
                                    .formatted(folder, manifest.tokenType()));
        };
    }

    private static Path whole(Path folder, String name, String sha256) {
        var file = folder.resolve(name);
        if (!file.normalize().getParent().equals(folder.normalize())
                || !Files.isRegularFile(file)) {
            throw new RefusedInput(
                    "%s: the manifest names a file '%s' that is not in it".formatted(folder, name));
        }
        if (!Sha256.ofFile(file).equals(sha256)) {
            throw new RefusedInput(
                    "%s: the file is damaged: its SHA-256 is not the one in the manifest"
                            .formatted(file));
        }
        return file;
    }

    public TokenFolderManifest manifest() {
        return manifest;
    }

    public long steps() {
        return manifest.toStep() - manifest.fromStep();
    }

    /** What a step trains on, by its place in training order, from 0. */
    public StepTokens step(long place) {
        long step = manifest.fromStep() + place;
        for (var part : parts) {
            if (step >= part.about().fromStep() && step < part.about().toStep()) {
                return step(part, step - part.about().fromStep());
            }
        }
        throw new IllegalArgumentException("there is no step %d".formatted(place));
    }

    private StepTokens step(Part part, long place) {
        int length = manifest.tokensPerSequence();
        int count = manifest.sequencesPerStep();
        var sequences = new int[count][];
        for (int s = 0; s < count; s++) {
            sequences[s] = part.tokens().tokens((place * count + s) * length, length);
        }
        return new StepTokens(sequences, masked(part, place * count * length));
    }

    private List<StepTokens.Masked> masked(Part part, long offset) {
        var masked = new ArrayList<StepTokens.Masked>();
        if (part.mask().isEmpty()) {
            return masked;
        }
        int length = manifest.tokensPerSequence();
        var counted = bytes(part.mask().get(), offset, manifest.sequencesPerStep() * length);
        for (int i = 0; i < counted.length; i++) {
            if (counted[i] == 0) {
                int start = i;
                while (i + 1 < counted.length && counted[i + 1] == 0 && (i + 1) % length != 0) {
                    i++;
                }
                masked.add(new StepTokens.Masked(start / length, start % length, i + 1 - start));
            }
        }
        return masked;
    }

    private static byte[] bytes(Path file, long offset, int count) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        parts.forEach(part -> part.tokens().close());
    }
}
