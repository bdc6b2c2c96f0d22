package io.retcon.indexer.window;

import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.SparseRows;

/**
 * The documents of a window, in training order, with the items that each one matches.
 *
 * @param items a row a document: places in the selection's list of items, ascending, with scores if
 *     the matcher scores
 */
record MatchedWindow(WindowDocuments documents, SparseRows items) {
    MatchedWindow {
        if (items.rows() != documents.size()) {
            throw new IllegalArgumentException("there must be a row a document");
        }
    }
}
