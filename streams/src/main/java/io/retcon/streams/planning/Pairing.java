package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.topic.Keys;

/** A document and the one that replaces it, which is at least as long. */
public record Pairing(Target target, DocumentRef donor) {
    public Pairing {
        requireNonNull(target, "target is null");
        requireNonNull(donor, "donor is null");
        if (donor.getLength() < target.tokens()) {
            throw new IllegalArgumentException(
                    "donor '%s' of %d tokens is shorter than document '%s' of %d"
                            .formatted(
                                    donor.getId(),
                                    donor.getLength(),
                                    target.document().getId(),
                                    target.tokens()));
        }
    }

    /** Tokens by which the sequence grows, and so as many fall off its end. */
    int growth() {
        return donor.getLength() - target.tokens();
    }

    /** What identifies the pairing: both places and lengths, one line. */
    String line() {
        return Keys.join(
                        Keys.place(target.document()),
                        target.tokens(),
                        Keys.place(donor),
                        donor.getLength())
                + "\n";
    }
}
