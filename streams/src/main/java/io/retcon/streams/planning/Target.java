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

    int tokens() {
        return document.getLength();
    }
}
