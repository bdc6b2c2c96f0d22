package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;

/** How the nearest vectors are found. */
public enum VectorSearch {
    /** Every document is compared with every item. */
    EXACT,
    /** A walk through a graph, which misses some and says how many; over a window's index only. */
    APPROXIMATE;

    /** As specs write it. */
    public static VectorSearch named(String name) {
        return switch (name) {
            case "exact" -> EXACT;
            case "approximate" -> APPROXIMATE;
            default ->
                    throw new RefusedInput(
                            "search '%s' is unknown: say exact or approximate".formatted(name));
        };
    }
}
