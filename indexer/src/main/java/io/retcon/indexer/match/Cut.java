package io.retcon.indexer.match;

import io.retcon.indexer.bm25.Ranking;
import io.retcon.schemas.RefusedInput;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where an item's ranking of documents ends.
 *
 * @param topK documents an item, at most
 * @param threshold the lowest score that counts
 */
public record Cut(OptionalInt topK, OptionalDouble threshold) {
    static final int LARGEST_K = 10_000_000;

    public Cut {
        if (topK.isPresent() && (topK.getAsInt() < 1 || topK.getAsInt() > LARGEST_K)) {
            throw new RefusedInput(
                    "top-k is %d: say 1 to %d documents an item"
                            .formatted(topK.getAsInt(), LARGEST_K));
        }
        if (threshold.isPresent() && Double.isNaN(threshold.getAsDouble())) {
            throw new RefusedInput("the threshold is no number: say one");
        }
        if (topK.isEmpty() && threshold.isEmpty()) {
            throw new RefusedInput("nothing ends the ranking: say top-k, a threshold, or both");
        }
    }

    public static Cut topK(int k) {
        return new Cut(OptionalInt.of(k), OptionalDouble.empty());
    }

    /** As a spec has it. */
    public static Cut of(Optional<Integer> topK, Optional<Double> threshold) {
        return new Cut(
                topK.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                threshold.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    /** How many documents of an item may be needed. */
    int most() {
        return topK.orElse(LARGEST_K);
    }

    /** What is left of a ranking of that many. */
    ItemMatches.Scored of(int item, Ranking ranking) {
        int size = ranking.scores().length;
        double lowest = threshold.orElse(Double.NEGATIVE_INFINITY);
        while (size > 0 && ranking.scores()[size - 1] < lowest) {
            size--;
        }
        var documents = ranking.documents();
        var scores = ranking.scores();
        return size == scores.length
                ? new ItemMatches.Scored(item, documents, scores)
                : new ItemMatches.Scored(
                        item, Arrays.copyOf(documents, size), Arrays.copyOf(scores, size));
    }
}
