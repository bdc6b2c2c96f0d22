package io.retcon.deploy.dashboard.drill;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentRef;

import java.util.Optional;

/**
 * A document that matches an item.
 *
 * @param score the matcher's, where it scores
 */
public record Matched(DocumentRef document, Optional<Double> score) {
    public Matched {
        requireNonNull(document, "document is null");
        requireNonNull(score, "score is null");
    }
}
