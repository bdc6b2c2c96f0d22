package io.retcon.streams.planning;

import io.retcon.schemas.document.DocumentParts;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.RunManifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Documents that sequences' ends cut, whole: what is done to one part is done to all.
 *
 * @param first part that goes on from the sequence before, to the first part of its document
 */
record WholeDocuments(Map<DocumentRef, DocumentRef> first) {
    WholeDocuments {
        first = Map.copyOf(first);
    }

    /**
     * @param window all documents of the window, in order
     */
    static WholeDocuments of(List<DocumentRef> window, RunManifest manifest) {
        var first = new HashMap<DocumentRef, DocumentRef>();
        for (int i = 1; i < window.size(); i++) {
            var before = window.get(i - 1);
            if (DocumentParts.continues(before, window.get(i), manifest)) {
                first.put(window.get(i), first.getOrDefault(before, before));
            }
        }
        return new WholeDocuments(first);
    }

    DocumentRef firstOf(DocumentRef part) {
        return first.getOrDefault(part, part);
    }

    /** The first parts of the documents of which any part is there, in order. */
    List<DocumentRef> of(List<Target> parts) {
        return parts.stream().map(part -> firstOf(part.document())).distinct().toList();
    }

    /** All parts that are there of some documents. */
    List<Target> partsOf(List<Target> parts, Set<DocumentRef> firsts) {
        return parts.stream().filter(part -> firsts.contains(firstOf(part.document()))).toList();
    }

    /** Parts that go on from the sequence before. */
    Set<DocumentRef> continued() {
        return first.keySet();
    }
}
