package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;

import java.util.Arrays;
import java.util.Locale;

/** What happens where a document's new text has another number of tokens. */
public enum Lengths {
    /** What follows in the sequence shifts; its end is cut, or filled with EOS. */
    SHIFT,
    /** The document is cut at its old length, or filled up to it with EOS. */
    CUT,
    /** The document stays as it is. */
    EQUAL;

    /**
     * As specs and records have it.
     *
     * @throws RefusedInput if it is none of them
     */
    public static Lengths named(String name) {
        return Arrays.stream(values())
                .filter(lengths -> lengths.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "lengths '%s' is unknown: say shift, cut or equal"
                                                .formatted(name)));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
