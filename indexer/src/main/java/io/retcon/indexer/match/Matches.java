package io.retcon.indexer.match;

import java.util.function.Consumer;

/**
 * What a matcher found in a window. Given item by item and not held: ten thousand documents each
 * for ten thousand items would be a gigabyte.
 */
public interface Matches {
    /** Gives every item's documents, in the items' order. */
    void forEach(Consumer<ItemMatches> sink);

    /**
     * Without scores.
     *
     * @param documents a row an item: numbers of its documents, ascending
     */
    static Matches of(SparseRows documents, int items) {
        return sink -> {
            for (int item = 0; item < items; item++) {
                sink.accept(new ItemMatches.Unscored(item, documents.row(item)));
            }
        };
    }
}
