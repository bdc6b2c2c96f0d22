package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/**
 * Documents in which an item's subject or object stands.
 *
 * @param overlap of no effect here; it stays so that interventions keep their ids
 * @param boundary none or word: whether a term must stand between non-letters and non-digits
 */
public record OccurrenceSpec(String overlap, String boundary, Optional<Integer> documents)
        implements MatcherSpec {
    public OccurrenceSpec {
        overlap = overlap == null ? "reference" : overlap;
        boundary = boundary == null ? "none" : boundary;
        documents = requireNonNullElse(documents, Optional.empty());
    }

    /** Of all that is found, where nothing is said. */
    public static OccurrenceSpec plain() {
        return new OccurrenceSpec(null, null, Optional.empty());
    }
}
