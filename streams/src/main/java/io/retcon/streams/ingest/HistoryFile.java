package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.FileKind;
import io.retcon.schemas.format.FirstBytes;
import io.retcon.schemas.format.TextStream;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;

import java.nio.file.Path;
import java.util.Optional;

/** A file of a history, told by its first bytes, whatever its name. */
sealed interface HistoryFile extends AutoCloseable {
    Path path();

    @Override
    default void close() {}

    /** Nothing. */
    record Empty(Path path) implements HistoryFile {
        public Empty {
            requireNonNull(path, "path is null");
        }
    }

    /** Documents as JSON lines, plain or packed with gzip or zstd. */
    record Text(Path path) implements HistoryFile {
        public Text {
            requireNonNull(path, "path is null");
        }
    }

    /** Token ids: an npy, or headerless. */
    record Tokens(TokenFile file) implements HistoryFile {
        public Tokens {
            requireNonNull(file, "file is null");
        }

        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /**
     * @param headerless how a token file without a header stores a token, where that is known
     * @throws RefusedInput if it holds neither text nor tokens as {@code shape} has them
     */
    static HistoryFile open(Path path, HistoryShape shape, Optional<TokenType> headerless) {
        var kind = TextStream.kind(path);
        if (kind == FileKind.EMPTY) {
            return new Empty(path);
        }
        if (kind == FileKind.JSON) {
            return text(path, shape);
        }
        var packed = FirstBytes.of(path).kind();
        if (packed == FileKind.GZIP || packed == FileKind.ZSTD) {
            if (kind == FileKind.UNKNOWN || kind == FileKind.NPY) {
                throw packed.refusal(path, "token ids");
            }
            throw new RefusedInput(
                    "%s unpacked %s, and not JSON lines: %s"
                            .formatted(path, kind.what(), kind.mend()));
        }
        var tokens = TokenFile.open(path, headerless, shape.vocabulary());
        try {
            TokenSequences.checkShape(tokens, shape);
            return new Tokens(tokens);
        } catch (RefusedInput e) {
            tokens.close();
            throw e;
        }
    }

    private static HistoryFile text(Path path, HistoryShape shape) {
        if (shape.tokenizer().isEmpty()) {
            throw new RefusedInput(
                    "%s holds text: give --tokenizer tokenizer.json".formatted(path));
        }
        return new Text(path);
    }
}
