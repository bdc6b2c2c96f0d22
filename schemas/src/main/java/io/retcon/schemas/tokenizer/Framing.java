package io.retcon.schemas.tokenizer;

import java.util.OptionalInt;

/**
 * The special tokens that are added to a text's own, and the number of tokens at which a text is
 * cut.
 *
 * @param specialTokens whether the file's post-processor adds its own
 * @param most tokens of a text, the special ones with it; all if empty
 */
record Framing(boolean specialTokens, OptionalInt most) {
    /** The text's own tokens, all of them. */
    static final Framing NONE = new Framing(false, OptionalInt.empty());

    Framing {
        if (most.isPresent() && most.getAsInt() < 1) {
            throw new IllegalArgumentException("most is " + most.getAsInt());
        }
    }

    /** As a model reads a text. */
    static Framing ofModel(int mostTokens) {
        return new Framing(true, OptionalInt.of(mostTokens));
    }
}
