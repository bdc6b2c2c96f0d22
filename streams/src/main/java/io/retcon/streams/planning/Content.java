package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentRef;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What stands in a place of an arm's window, before strings in it are replaced. */
sealed interface Content {
    /** What history has there. */
    record Own() implements Content {}

    /** No token. */
    record Nothing() implements Content {}

    /** What a program of the user's answers, or what history has where it does not. */
    record Answered(Duration timeout, Lengths lengths) implements Content {
        public Answered {
            requireNonNull(timeout, "timeout is null");
            requireNonNull(lengths, "lengths is null");
        }
    }

    /** The tokens of a document of the history. */
    record Copied(DocumentRef document) implements Content {
        public Copied {
            requireNonNull(document, "document is null");
        }
    }

    /**
     * A document that the spec brought along.
     *
     * @param length in tokens
     * @param tokens packed as the run's history is
     */
    record Given(String id, int length, ByteBuffer tokens) implements Content {
        public Given {
            requireNonNull(id, "id is null");
            requireNonNull(tokens, "tokens is null");
        }
    }
}
