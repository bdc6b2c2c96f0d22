package io.retcon.indexer.text;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.tokenizer.Tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as the tokenizer's own library decodes it: for any tokenizer, a call for each document. */
record LibraryText(Tokenizer tokenizer) implements TokenText {
    LibraryText {
        requireNonNull(tokenizer, "tokenizer is null");
    }

    @Override
    public byte[] utf8(int[] tokens, int from, int to) {
        return tokenizer
                .decode(Arrays.copyOfRange(tokens, from, to))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
