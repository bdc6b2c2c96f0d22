package io.retcon.indexer.window;

import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.document.DocumentParts;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.RunManifest;

import java.util.Optional;

/**
 * The documents of a window, in training order, with the items that each one matches.
 *
 * @param items a row a document: places in the selection's list of items, ascending, with scores if
 *     the matcher scores
 * @param remark what a reader should know about the matching
 */
record MatchedWindow(WindowDocuments documents, SparseRows items, Optional<String> remark) {
    /** What is found of one part of a document that a sequence's end cuts is found of all. */
    static MatchedWindow of(
            WindowDocuments documents,
            SparseRows items,
            RunManifest manifest,
            Optional<String> remark) {
        var groups = new int[documents.size()];
        var last = new DocumentRef[1];
        int[] next = {0};
        int[] group = {-1};
        documents.forEach(
                document -> {
                    if (last[0] == null || !DocumentParts.continues(last[0], document, manifest)) {
                        group[0]++;
                    }
                    groups[next[0]++] = group[0];
                    last[0] = document;
                });
        boolean cut = group[0] + 1 < groups.length;
        return new MatchedWindow(documents, cut ? items.shared(groups) : items, remark);
    }

    MatchedWindow {
        if (items.rows() != documents.size()) {
            throw new IllegalArgumentException("there must be a row a document");
        }
    }
}
