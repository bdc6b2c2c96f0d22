package io.retcon.schemas.tokenizer;

import io.retcon.schemas.RefusedInput;

import java.util.List;

/** A tokenizer of the library, in this process or in one of its own. Thread-safe. */
sealed interface Codec extends AutoCloseable permits LibraryTokenizer, TokenizerProcess {
    /**
     * One outcome a text, in order.
     *
     * @param texts without lone surrogates
     */
    List<Outcome<int[]>> encode(List<String> texts);

    /** One outcome a token sequence, in order. */
    List<Outcome<String>> decode(List<int[]> tokens);

    /**
     * Reads the tokenizer now, where it would be read with the first text.
     *
     * @throws RefusedInput if the library cannot
     */
    void check();

    @Override
    void close();
}
