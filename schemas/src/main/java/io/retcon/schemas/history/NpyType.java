package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;

/** The element type of a NumPy array, as its header names it: byte order, kind, bytes. */
record NpyType(String name) {
    private static final String MEND =
            "save a.astype('uint16'), or 'uint32' for a vocabulary above 65,536";

    NpyType {
        requireNonNull(name, "name is null");
    }

    /**
     * How its tokens are read.
     *
     * @throws RefusedInput naming what it holds instead of token ids
     */
    TokenType tokens(Path path) {
        return TokenType.find(name)
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s holds %s (%s), no token ids as they are read: %s"
                                                .formatted(path, what(), name, MEND)));
    }

    private String what() {
        if (name.startsWith(">")) {
            return "big-endian numbers";
        }
        return switch (name.length() < 2 ? ' ' : name.charAt(1)) {
            case 'f' -> "floating-point numbers";
            case 'c' -> "complex numbers";
            case 'b' -> "truth values";
            case 'i', 'u' -> "integers of another kind";
            case 'O' -> "Python objects";
            case 'S', 'U', 'a' -> "texts";
            default -> "something else";
        };
    }
}
