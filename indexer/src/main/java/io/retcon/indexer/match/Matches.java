package io.retcon.indexer.match;

import java.util.function.Consumer;

/**
 * What a matcher found in a window. Given item by item and not held: ten thousand documents each
 * for ten thousand items would be a gigabyte.
 */
public interface Matches {
    /** Gives every item's documents, in the items' order. */
    void forEach(Consumer<ItemMatches> sink);
}
