package io.retcon.indexer.window;

import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.record.DocumentRef;

import java.util.List;

/**
 * The documents of a window, in training order, with the items that each one matches.
 *
 * @param items a row a document: places in the selection's list of items, ascending
 */
record MatchedWindow(List<DocumentRef> documents, SparseRows items) {
    MatchedWindow {
        if (items.rows() != documents.size()) {
            throw new IllegalArgumentException("there must be a row a document");
        }
    }
}
