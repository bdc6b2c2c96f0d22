package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Operation;

import java.time.Duration;

/**
 * A program of the user's is asked what stands in every document's place; where it does not answer
 * in time or refuses, the document stays.
 */
record Asking(Duration timeout, Lengths lengths) implements Operating {
    Asking {
        requireNonNull(timeout, "timeout is null");
        requireNonNull(lengths, "lengths is null");
    }

    @Override
    public void apply(Draft draft, Materials materials) {
        draft.updateAll(
                change -> change.with(Operation.EXTERNAL, new Content.Answered(timeout, lengths)));
    }
}
