package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

/**
 * What a matcher found in a window.
 *
 * @param documents a row an item, in the items' order: its documents, best first, then in document
 *     order
 */
public record Matches(SparseRows documents) {
    public Matches {
        requireNonNull(documents, "documents is null");
    }
}
