package io.retcon.indexer.bm25;

import io.retcon.schemas.RefusedInput;

/** Which words of a text count, of those that {@link Words} finds. */
public enum Tokenization {
    /** All but the 33 English stop words: the reference's. */
    CONTENT_WORDS,
    /** All. */
    WORDS;

    /** As specs write it. */
    public static Tokenization named(String name) {
        return switch (name) {
            case "content-words" -> CONTENT_WORDS;
            case "words" -> WORDS;
            default ->
                    throw new RefusedInput(
                            "tokens '%s' is unknown: say content-words or words".formatted(name));
        };
    }
}
