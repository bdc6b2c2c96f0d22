package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;

import java.util.Comparator;

/** Documents as training sees them: by step, sequence, first token. */
public final class DocumentOrder {
    public static final Comparator<DocumentRef> BY_PLACE =
            Comparator.comparingLong(DocumentRef::getStep)
                    .thenComparingInt(DocumentRef::getSequence)
                    .thenComparingInt(DocumentRef::getStart);

    private DocumentOrder() {}
}
