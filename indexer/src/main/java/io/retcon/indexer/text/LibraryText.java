package io.retcon.indexer.text;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Text as the tokenizer's own library decodes it: for any tokenizer, a call for each sequence. */
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

    /** In one call, which asks the tokenizer's process once. */
    @Override
    public List<byte[]> utf8(int[] tokens, List<DocumentSpan> documents) {
        var parts =
                documents.stream()
                        .map(
                                d ->
                                        Arrays.copyOfRange(
                                                tokens, d.getStart(), d.getStart() + d.getLength()))
                        .toList();
        return tokenizer.decode(parts).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
