package io.retcon.schemas.document;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

/** A document as text: what a corpus file holds. */
public record Document(String id, String text) {
    public Document {
        requireNonNull(text, "text is null");
        if (id.isEmpty()) {
            throw new RefusedInput("'id' is empty: give each document a name of its own");
        }
    }
}
