package io.retcon.streams.rewriting;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A folder of {@code STEP.npy} files of shape [sequences][tokens]. Not thread-safe. */
final class StepFiles implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d{1,9})\\.npy");

    private final Path folder;
    private final TreeMap<Long, Path> files = new TreeMap<>();
    private final Map<Long, TokenFile> open = new TreeMap<>();

    StepFiles(Path folder) {
        this.folder = folder;
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    files.put(Long.parseLong(name.group(1)), entry);
                }
            }
        } catch (IOException e) {
            throw new RefusedInput(
                    "folder %s cannot be read: give one that holds STEP.npy files"
                            .formatted(folder),
                    e);
        }
        if (files.isEmpty()) {
            throw new RefusedInput(
                    "folder %s holds no STEP.npy file: give one that does".formatted(folder));
        }
    }

    List<Long> steps() {
        return List.copyOf(files.keySet());
    }

    int sequences(long step) {
        return (int) file(step).shape()[0];
    }

    /** Tokens a sequence (T). */
    int tokens(long step) {
        return (int) file(step).shape()[1];
    }

    TokenWidth width(long step) {
        return file(step).type().width();
    }

    /** Packed in the step's width, sequences of a step from {@code first} to before {@code end}. */
    ByteBuffer sequences(long step, int first, int end) {
        long length = tokens(step);
        return file(step)
                .packed(first * length, Math.toIntExact((end - first) * length), width(step));
    }

    /**
     * The tokens of {@code document}, packed; {@code what} names it in a refusal.
     *
     * @throws RefusedInput for a token that {@code width} does not hold
     */
    ByteBuffer document(DocumentRef document, TokenWidth width, String what) {
        requireInside(document, what);
        long length = tokens(document.getStep());
        return file(document.getStep())
                .packed(
                        document.getSequence() * length + document.getStart(),
                        document.getLength(),
                        width);
    }

    void requireInside(DocumentRef document, String what) {
        if (!files.containsKey(document.getStep())) {
            throw new RefusedInput(
                    "%s lies in step %d, but %s has no %d.npy"
                            .formatted(what, document.getStep(), folder, document.getStep()));
        }
        var shape = file(document.getStep()).shape();
        if (document.getSequence() >= shape[0]
                || (long) document.getStart() + document.getLength() > shape[1]) {
            throw new RefusedInput(
                    "%s lies outside %s, which has %d sequences of %d tokens"
                            .formatted(what, files.get(document.getStep()), shape[0], shape[1]));
        }
    }

    private TokenFile file(long step) {
        return open.computeIfAbsent(
                step,
                absent -> {
                    var file = TokenFile.openNpy(files.get(step));
                    if (file.shape().length != 2) {
                        file.close();
                        throw new RefusedInput(
                                "%s has %d dimensions: give [sequences][tokens]"
                                        .formatted(files.get(step), file.shape().length));
                    }
                    return file;
                });
    }

    @Override
    public void close() {
        open.values().forEach(TokenFile::close);
    }
}
