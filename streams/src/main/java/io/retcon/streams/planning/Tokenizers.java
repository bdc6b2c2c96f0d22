package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

/** The tokenizers of runs. Thread-safe. */
@FunctionalInterface
public interface Tokenizers {
    /**
     * @throws RefusedInput if the run was imported without one
     */
    Tokenizer of(String run);
}
