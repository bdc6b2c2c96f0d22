package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.record.DocumentSpan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences cut from files that hold tokens already; a document is what stands between two EOS
 * tokens.
 */
final class TokenSequences {
    private final HistoryShape shape;

    TokenSequences(HistoryShape shape) {
        this.shape = requireNonNull(shape, "shape is null");
    }

    /**
     * Where the file has rows they must be T tokens long, where it has steps they must be of B
     * sequences; a flat file is cut every T tokens.
     *
     * @throws RefusedInput saying which options the file's own shape asks for
     */
    static void checkShape(TokenFile file, HistoryShape shape) {
        var dimensions = file.shape();
        if (dimensions.length == 0 || dimensions.length > 3) {
            throw new RefusedInput(
                    "%s has shape %s: give [tokens], [sequences][tokens] or [steps][sequences][tokens]"
                            .formatted(file.path(), Arrays.toString(dimensions)));
        }
        long row = dimensions[dimensions.length - 1];
        boolean otherRow = dimensions.length > 1 && row != shape.tokensPerSequence();
        boolean otherStep = dimensions.length == 3 && dimensions[1] != shape.sequencesPerStep();
        if (otherRow || otherStep) {
            throw new RefusedInput(
                    "%s has shape %s, %s: give%s%s"
                            .formatted(
                                    file.path(),
                                    Arrays.toString(dimensions),
                                    otherStep
                                            ? "steps of %d sequences of %d tokens"
                                                    .formatted(dimensions[1], row)
                                            : "sequences of %d tokens".formatted(row),
                                    otherStep ? " --batch " + dimensions[1] : "",
                                    otherRow ? " --sequence-length " + row : ""));
        }
    }

    /**
     * Whole sequences in the file.
     *
     * @param first place g in the history of its first
     * @throws RefusedInput if the file has steps of its own and would begin within another one
     */
    long count(TokenFile file, long first) {
        if (file.shape().length == 3 && first % shape.sequencesPerStep() != 0) {
            throw new RefusedInput(
                    "%s begins with a step of its own, but the files before it end within one, after %d of its %d sequences: give files of whole steps before it"
                            .formatted(
                                    file.path(),
                                    first % shape.sequencesPerStep(),
                                    shape.sequencesPerStep()));
        }
        return file.size() / shape.tokensPerSequence();
    }

    /** Sequence {@code index} of the file; {@code global} is its place g in the history. */
    PackedSequence sequence(TokenFile file, long index, long global) {
        long start = index * shape.tokensPerSequence();
        var tokens = file.tokens(start, shape.tokensPerSequence());
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] >= shape.vocabulary()) {
                throw new RefusedInput(
                        "%s: token %d at index %,d (byte %,d of the tokens) is outside the vocabulary of %d: give the right --vocabulary, --tokenizer or --token-type"
                                .formatted(
                                        file.path(),
                                        tokens[i],
                                        start + i,
                                        (start + i) * file.type().bytes(),
                                        shape.vocabulary()));
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
