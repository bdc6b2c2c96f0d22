package io.retcon.retrainer.export;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.history.StepTokens;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * OLMo's label mask beside a file of tokens: a byte for each, 1 where the loss counts it. There is
 * no file where it counts all. Not thread-safe.
 */
final class LossMask implements AutoCloseable {
    private final Path file;
    private OutputStream out;
    private long countedBefore;

    LossMask(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** The next step's. */
    void add(StepTokens tokens) throws IOException {
        if (out == null && tokens.masked().isEmpty()) {
            countedBefore += Arrays.stream(tokens.sequences()).mapToLong(row -> row.length).sum();
            return;
        }
        if (out == null) {
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
            for (long i = 0; i < countedBefore; i++) {
                out.write(1);
            }
        }
        for (boolean[] counted : tokens.counted()) {
            for (boolean one : counted) {
                out.write(one ? 1 : 0);
            }
        }
    }

    /** The file, once closed, where there is one. */
    Optional<Path> written() {
        return Optional.ofNullable(out).map(opened -> file);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
