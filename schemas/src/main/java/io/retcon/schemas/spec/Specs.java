package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Selection;

import java.util.LinkedHashMap;

/**
 * The specs that selections carry as text, each read once while it is in use: the last ones, of at
 * most 32 million characters in all. Thread-safe.
 */
public final class Specs {
    private static final int MOST_SPECS = 1000;
    private static final long MOST_CHARACTERS = 1L << 25;

    /** By their texts; those that were asked for least recently come first. */
    private static final LinkedHashMap<String, InterventionSpec> READ =
            new LinkedHashMap<>(16, 0.75f, true);

    private static long characters;

    private Specs() {}

    /**
     * @throws RefusedInput with line and column, if what a selection carries is no spec
     */
    public static InterventionSpec of(Selection selection) {
        var text = selection.getSpec();
        synchronized (READ) {
            var known = READ.get(text);
            if (known != null) {
                return known;
            }
        }
        var spec = new SpecReader().read(text);
        keep(text, spec);
        return spec;
    }

    private static void keep(String text, InterventionSpec spec) {
        synchronized (READ) {
            if (READ.put(text, spec) == null) {
                characters += text.length();
            }
            while (READ.size() > MOST_SPECS || characters > MOST_CHARACTERS) {
                characters -= READ.pollFirstEntry().getKey().length();
            }
        }
    }
}
