package io.retcon.streams.rewriting;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
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

    int[] sequence(long step, int sequence) {
        int length = (int) file(step).shape()[1];
        return file(step).tokens((long) sequence * length, length);
    }

    TokenWidth width(long step) {
        var type = file(step).type();
        return type == TokenType.U8 || type == TokenType.U16 ? TokenWidth.U16 : TokenWidth.U32;
    }

    /** The tokens of {@code document}; {@code what} names it in a refusal. */
    int[] document(DocumentRef document, String what) {
        requireInside(document, what);
        long length = file(document.getStep()).shape()[1];
        return file(document.getStep())
                .tokens(
                        document.getSequence() * length + document.getStart(),
                        document.getLength());
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
