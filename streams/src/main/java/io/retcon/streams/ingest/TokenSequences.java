package io.retcon.streams.ingest;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.record.DocumentSpan;

import java.util.ArrayList;
import java.util.List;

/**
 * Sequences cut from files that hold tokens already; a document is what stands between two EOS
 * tokens.
 */
final class TokenSequences {
    private final HistoryShape shape;

    TokenSequences(HistoryShape shape) {
        this.shape = shape;
    }

    /** Where the file has rows they must be T tokens long; a flat file is cut every T tokens. */
    long count(TokenFile file, String name) {
        var dimensions = file.shape();
        long row = dimensions[dimensions.length - 1];
        if (dimensions.length > 1 && row != shape.tokensPerSequence()) {
            throw new RefusedInput(
                    "%s has sequences of %d tokens: give --sequence-length %d"
                            .formatted(name, row, row));
        }
        return file.size() / shape.tokensPerSequence();
    }

    /** Sequence {@code index} of the file; {@code global} is its place g in the history. */
    PackedSequence sequence(TokenFile file, long index, long global) {
        var tokens = file.tokens(index * shape.tokensPerSequence(), shape.tokensPerSequence());
        for (int token : tokens) {
            if (token >= shape.vocabulary()) {
                throw new RefusedInput(
                        "token %d in sequence %d is outside the vocabulary of %d: give the right --vocabulary or --tokenizer"
                                .formatted(token, index, shape.vocabulary()));
            }
        }
        return new PackedSequence(tokens, documents(tokens, global));
    }

    List<DocumentSpan> documents(int[] tokens, long global) {
        var spans = new ArrayList<DocumentSpan>();
        int start = 0;
        for (int i = 0; i <= tokens.length; i++) {
            if (i == tokens.length || tokens[i] == shape.eos()) {
                if (i > start) {
                    spans.add(new DocumentSpan(id(global, start), start, i - start));
                }
                start = i + 1;
            }
        }
        return spans;
    }

    /** Token files name no documents, so a document is called by its place: step.sequence.start. */
    private String id(long global, int start) {
        return "%d.%d.%d"
                .formatted(
                        global / shape.sequencesPerStep(),
                        global % shape.sequencesPerStep(),
                        start);
    }
}
