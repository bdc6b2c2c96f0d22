package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/**
 * Documents that share rare words with an item.
 *
 * @param query what of an item is asked: question+gold, question or subject+object
 * @param topK documents an item, at most; absent for no limit
 * @param threshold the lowest score that counts; absent for any
 * @param k1 how soon repetitions of a word stop to count
 * @param b how much a document's length counts, 0 to 1
 * @param tokens content-words (without the stop words) or words
 */
public record Bm25Spec(
        String query,
        Optional<Integer> topK,
        Optional<Double> threshold,
        Double k1,
        Double b,
        String tokens,
        Optional<Integer> documents)
        implements ScoringSpec {
    public Bm25Spec {
        query = query == null ? "question+gold" : query;
        threshold = requireNonNullElse(threshold, Optional.empty());
        topK = requireNonNullElse(topK, Optional.empty());
        if (topK.isEmpty() && threshold.isEmpty()) {
            topK = Optional.of(TOP_K);
        }
        k1 = k1 == null ? 1.5 : k1;
        b = b == null ? 0.75 : b;
        tokens = tokens == null ? "content-words" : tokens;
        documents = requireNonNullElse(documents, Optional.empty());
    }

    /** Of the best for each item. */
    public static Bm25Spec ofBest(int topK) {
        return new Bm25Spec(
                null, Optional.of(topK), Optional.empty(), null, null, null, Optional.empty());
    }

    @Override
    public Bm25Spec unlimited() {
        return new Bm25Spec(
                query,
                Optional.empty(),
                Optional.of(Double.NEGATIVE_INFINITY),
                k1,
                b,
                tokens,
                documents);
    }
}
