package io.retcon.indexer.text;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;

import java.util.List;

/** The documents of a run's sequences as text. */
public record DocumentTexts(TokenText tokenText) {
    public DocumentTexts {
        requireNonNull(tokenText, "tokenText is null");
    }

    /**
     * One a document, in UTF-8, in the sequence's order.
     *
     * @throws RefusedInput if a document does not lie in the sequence
     */
    public List<byte[]> of(HistorySequence sequence) {
        int[] tokens = PackedTokens.unpack(sequence.getTokens(), sequence.getWidth());
        sequence.getDocuments().forEach(span -> check(sequence, span, tokens));
        return tokenText.utf8(tokens, sequence.getDocuments());
    }

    private static void check(HistorySequence sequence, DocumentSpan span, int[] tokens) {
        int end = span.getStart() + span.getLength();
        if (span.getStart() < 0 || span.getLength() < 0 || end > tokens.length) {
            throw new RefusedInput(
                    "document '%s' of run '%s' ends beyond its sequence: import the history again"
                            .formatted(span.getId(), sequence.getRun()));
        }
    }
}
