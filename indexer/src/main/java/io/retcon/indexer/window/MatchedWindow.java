package io.retcon.indexer.window;

import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.SparseRows;

import java.util.Optional;

/**
 * The documents of a window, in training order, with the items that each one matches.
 *
 * @param items a row a document: places in the selection's list of items, ascending, with scores if
 *     the matcher scores
 * @param remark what a reader should know about the matching
 */
record MatchedWindow(WindowDocuments documents, SparseRows items, Optional<String> remark) {
    MatchedWindow(WindowDocuments documents, SparseRows items) {
        this(documents, items, Optional.empty());
    }

    MatchedWindow {
        if (items.rows() != documents.size()) {
            throw new IllegalArgumentException("there must be a row a document");
        }
    }
}
