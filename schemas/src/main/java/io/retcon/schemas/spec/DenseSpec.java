package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/**
 * Documents whose embeddings lie close to an item's.
 *
 * @param query what of an item is asked: question+gold, question or subject+object
 * @param topK documents an item, at most; absent for no limit
 * @param threshold the lowest score that counts; absent for any
 * @param encoders the name of the pair of encoders
 * @param encodersSha256 what their SHA-256 (hexadecimal) must be; absent for any
 * @param search exact or approximate
 */
public record DenseSpec(
        String query,
        Optional<Integer> topK,
        Optional<Double> threshold,
        String encoders,
        Optional<String> encodersSha256,
        String search,
        Optional<Integer> documents)
        implements ScoringSpec {
    public DenseSpec {
        if (encoders == null) {
            throw new FieldFault(
                    NAME,
                    "matcher dense needs 'encoders', the name of the encoders' folder: add it");
        }
        query = query == null ? "question+gold" : query;
        threshold = requireNonNullElse(threshold, Optional.empty());
        topK = requireNonNullElse(topK, Optional.empty());
        if (topK.isEmpty() && threshold.isEmpty()) {
            topK = Optional.of(TOP_K);
        }
        encodersSha256 = requireNonNullElse(encodersSha256, Optional.empty());
        search = search == null ? "exact" : search;
        documents = requireNonNullElse(documents, Optional.empty());
    }

    /** Of the best for each item, by exact search. */
    public static DenseSpec ofBest(int topK, String encoders) {
        return new DenseSpec(
                null,
                Optional.of(topK),
                Optional.empty(),
                encoders,
                Optional.empty(),
                null,
                Optional.empty());
    }

    @Override
    public DenseSpec unlimited() {
        return new DenseSpec(
                query,
                Optional.empty(),
                Optional.of(Double.NEGATIVE_INFINITY),
                encoders,
                encodersSha256,
                search,
                documents);
    }
}
