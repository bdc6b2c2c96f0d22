package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/** What a matcher found in a window. Immutable as long as nobody writes to its arrays. */
public final class Matches {
    private final SparseRows documents;
    private final double[] scores;

    private Matches(SparseRows documents, double[] scores) {
        this.documents = requireNonNull(documents, "documents is null");
        this.scores = requireNonNull(scores, "scores is null");
    }

    static Matches unscored(SparseRows documents) {
        return new Matches(documents, new double[0]);
    }

    /**
     * @param scores one for each entry of {@code documents}, row after row
     */
    static Matches scored(SparseRows documents, double[] scores) {
        if (scores.length != documents.size()) {
            throw new IllegalArgumentException("there must be a score an entry");
        }
        return new Matches(documents, scores);
    }

    /**
     * A row an item, in the items' order: its documents, by score descending, then in document
     * order.
     */
    public SparseRows documents() {
        return documents;
    }

    /** The score of an item's document at {@code rank}, from 0, if the matcher scores. */
    public OptionalDouble score(int item, int rank) {
        return scores.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(scores[documents.start(item) + rank]);
    }
}
