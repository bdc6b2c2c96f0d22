package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;

/** Donors ran out before every document had one. */
final class NoDonorLeft extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NoDonorLeft(String sentence) {
        super(sentence);
    }

    /** No donor is as long as {@code document}. */
    static NoDonorLeft asLongAs(DocumentRef document) {
        return new NoDonorLeft(
                "document '%s' (step %d, sequence %d) has %d tokens and no donor as long is left: give a longer donors' window, or say 'shortage: leave' or 'drop-items', or 'donors: { exclude: selected }' to take those that match other items of the benchmark, too"
                        .formatted(
                                document.getId(),
                                document.getStep(),
                                document.getSequence(),
                                document.getLength()));
    }

    /** The donors' tokens do not fill the place that {@code document} leaves. */
    static NoDonorLeft toFill(DocumentRef document) {
        return new NoDonorLeft(
                "step %d sequence %d loses document '%s' and the donors left do not fill it up: give a longer donors' window, or say 'shortage: leave' or 'drop-items'"
                        .formatted(document.getStep(), document.getSequence(), document.getId()));
    }

    /** No document of the window is as short as the matching {@code donor}. */
    static NoDonorLeft placeFor(DocumentRef donor) {
        return new NoDonorLeft(
                "the matching donor '%s' has %d tokens and the window has no unmatched document left that is no longer: say 'shortage: leave', or take a shorter donors' window"
                        .formatted(donor.getId(), donor.getLength()));
    }

    RefusedInput refused() {
        return new RefusedInput(getMessage(), this);
    }
}
