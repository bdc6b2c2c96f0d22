package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.format.TsvField;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what is odd about the sequences of a history, and what of its files was left out. Not
 * thread-safe.
 */
final class HistoryCaveats {
    /** Tokens; documents of fewer on average are no documents. */
    private static final double SHORTEST_MEAN = 2;

    private final HistoryShape shape;
    private final SeenNames names = new SeenNames();
    private final List<String> said = new ArrayList<>();
    private long tokens;
    private long endings;
    private long documents;
    private long leftOver;
    private Optional<String> again = Optional.empty();
    private long namedAgain;

    HistoryCaveats(HistoryShape shape) {
        this.shape = requireNonNull(shape, "shape is null");
    }

    void add(PackedSequence sequence) {
        tokens += sequence.tokens().length;
        for (int token : sequence.tokens()) {
            if (token == shape.eos()) {
                endings++;
            }
        }
        documents += sequence.documents().size();
    }

    /** Documents that bring names of their own. */
    void named(PackedSequence sequence) {
        for (var document : sequence.documents()) {
            if (!names.add(document.getId())) {
                namedAgain++;
                again = again.or(() -> Optional.of(document.getId()));
            }
        }
    }

    void empty(Path file) {
        said.add("%s is empty".formatted(file));
    }

    /** Tokens of a file, or of all text, that fill no sequence. */
    void leftOver(long count) {
        leftOver += count;
    }

    /**
     * @param sequences at the end that fill no step
     */
    List<String> all(long sequences) {
        var all = new ArrayList<>(said);
        if (leftOver > 0) {
            all.add(
                    "%,d tokens at files' ends fill no sequence of %d and were left out"
                            .formatted(leftOver, shape.tokensPerSequence()));
        }
        if (sequences > 0) {
            all.add(
                    "at the end, %,d of the %d sequences of a step were left out: they fill none"
                            .formatted(sequences, shape.sequencesPerStep()));
        }
        if (namedAgain > 0) {
            all.add(
                    "%,d documents have an id that an earlier one had, the first '%s': matchers and lineage tell them apart by place alone"
                            .formatted(namedAgain, TsvField.readable(again.orElseThrow())));
        }
        documents(all);
        return all;
    }

    private void documents(List<String> all) {
        if (endings == 0) {
            all.add(
                    "the token %d, which ends a document, never occurs, so each sequence counts as one document: give --eos if another token does"
                            .formatted(shape.eos()));
        } else if (tokens - endings < SHORTEST_MEAN * documents || documents == 0) {
            all.add(
                    "documents have %.1f tokens on average: give --eos if another token than %d ends them"
                            .formatted(
                                    (double) (tokens - endings) / Math.max(1, documents),
                                    shape.eos()));
        }
    }
}
