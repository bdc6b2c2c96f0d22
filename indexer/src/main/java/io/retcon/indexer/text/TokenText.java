package io.retcon.indexer.text;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.DocumentSpan;

import java.util.List;

/** Turns a run's tokens back into text. */
public sealed interface TokenText extends AutoCloseable permits ByteLevelText, LibraryText {
    /** The text of the tokens from {@code from} to {@code to}−1, as UTF-8. */
    byte[] utf8(int[] tokens, int from, int to);

    /** The text of each document, in order. */
    default List<byte[]> utf8(int[] tokens, List<DocumentSpan> documents) {
        return documents.stream()
                .map(d -> utf8(tokens, d.getStart(), d.getStart() + d.getLength()))
                .toList();
    }

    @Override
    void close();

    /**
     * For the tokens of {@code run}.
     *
     * @throws RefusedInput if its tokenizer is not known
     */
    static TokenText of(RunManifests manifests, String run) {
        return manifests
                .of(run)
                .getTokenizer()
                .flatMap(ByteLevelText::ofGzip)
                .<TokenText>map(text -> text)
                .orElseGet(() -> new LibraryText(manifests.tokenizer(run)));
    }
}
