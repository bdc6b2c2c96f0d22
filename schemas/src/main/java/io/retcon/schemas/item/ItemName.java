package io.retcon.schemas.item;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.TsvField;

import java.util.Optional;

/**
 * An item's name as people write it in tables and specs: its identifier, or benchmark and
 * identifier joined by {@code \:} where items of several benchmarks share the identifier. Both are
 * escaped as {@link TsvField} says, so the written form is never ambiguous.
 *
 * @param benchmark empty for the items of that identifier in whatever benchmark
 */
public record ItemName(Optional<String> benchmark, String id) {
    private static final String JOINT = "\\:";

    public ItemName {
        requireNonNull(benchmark, "benchmark is null");
        if (id.isEmpty()) {
            throw new RefusedInput("an item's name is empty: give its identifier");
        }
    }

    /**
     * @throws RefusedInput if a backslash in it escapes nothing
     */
    public static ItemName parse(String written) {
        int joint = joint(written);
        return joint < 0
                ? new ItemName(Optional.empty(), TsvField.unescape(written))
                : new ItemName(
                        Optional.of(TsvField.unescape(written.substring(0, joint))),
                        TsvField.unescape(written.substring(joint + JOINT.length())));
    }

    /** As {@link #parse} reads it. */
    public String written() {
        var name = TsvField.escape(id);
        return benchmark.map(b -> TsvField.escape(b) + JOINT + name).orElse(name);
    }

    /** The first backslash before a colon that no backslash escapes. */
    private static int joint(String written) {
        for (int i = 0; i + 1 < written.length(); i++) {
            if (written.charAt(i) == '\\') {
                if (written.charAt(i + 1) == ':') {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
