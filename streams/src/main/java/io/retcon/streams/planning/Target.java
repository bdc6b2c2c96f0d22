package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;

import java.util.List;

/** A document to be changed and the items it matches; a placebo's matches none. */
public record Target(DocumentRef document, List<ItemRef> items) {
    public Target {
        requireNonNull(document, "document is null");
        items = List.copyOf(items);
    }

    /** A place before a document, as a document without tokens. */
    static Target before(DocumentRef document, List<ItemRef> items) {
        return new Target(
                new DocumentRef(
                        document.getId(),
                        document.getStep(),
                        document.getSequence(),
                        document.getStart(),
                        0),
                items);
    }

    int tokens() {
        return document.getLength();
    }
}
