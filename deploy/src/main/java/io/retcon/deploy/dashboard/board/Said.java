package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

/**
 * The last change that is worth saying aloud.
 *
 * @param changed the board's version in which it happened
 */
public record Said(String sentence, long changed) {
    public Said {
        requireNonNull(sentence, "sentence is null");
    }
}
