package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;

import java.util.List;

/** Places before the window's documents, drawn by a seed and by what is put there. */
record DrawnPlaces(List<DocumentRef> window, long seed) {
    DrawnPlaces {
        requireNonNull(window, "window is null");
        if (window.isEmpty()) {
            throw new RefusedInput(
                    "the window has no document before which another could be put: take another"
                            + " window");
        }
    }

    /** The document before which a copy of {@code document} comes. */
    DocumentRef forCopy(DocumentRef document, int copy) {
        long drawn = SplitMix64.output(seed, document.getStep());
        drawn = SplitMix64.output(drawn, document.getSequence());
        drawn = SplitMix64.output(drawn, document.getStart());
        return at(SplitMix64.output(drawn, copy));
    }

    /** The document before which the {@code index}-th of a list comes. */
    DocumentRef forDocument(int index) {
        return at(SplitMix64.output(seed, index));
    }

    private DocumentRef at(long drawn) {
        return window.get((int) Long.remainderUnsigned(drawn, window.size()));
    }
}
