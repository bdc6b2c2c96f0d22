package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One variant of the window. */
public enum Arm {
    /** Unchanged. */
    CONTROL,
    /** The matched documents are swapped. */
    TREATED,
    /** As many unmatched documents of the same lengths are swapped. */
    PLACEBO;

    /** By the name that specs and records use. */
    public static Arm named(String name) {
        return Arrays.stream(values())
                .filter(arm -> arm.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "arm '%s' is not known: use %s"
                                                .formatted(name, List.of(values()))));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}
