package io.retcon.indexer.local;

import io.retcon.indexer.match.ItemMatches;

import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

import java.util.HashMap;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far two matchers agree about an item.
 *
 * @param item its name, as {@link io.retcon.schemas.item.ItemName} writes it
 * @param first documents that the first matcher finds
 * @param second documents that the second matcher finds
 * @param both documents that both find
 * @param overlap both in proportion to either, Jaccard's index; empty where neither finds any
 * @param rank Kendall's tau-b of the two scores over what both find; empty where a matcher does not
 *     score, or says the same of all
 */
public record Agreement(
        String item, int first, int second, int both, OptionalDouble overlap, OptionalDouble rank) {

    static Agreement of(String item, ItemMatches first, ItemMatches second) {
        var ranks = new HashMap<Integer, Integer>();
        for (int rank = 0; rank < first.documents().length; rank++) {
            ranks.put(first.documents()[rank], rank);
        }
        int[] inSecond =
                IntStream.range(0, second.documents().length)
                        .filter(rank -> ranks.containsKey(second.documents()[rank]))
                        .toArray();
        int[] inFirst =
                IntStream.of(inSecond).map(rank -> ranks.get(second.documents()[rank])).toArray();
        int either = first.documents().length + second.documents().length - inFirst.length;
        return new Agreement(
                item,
                first.documents().length,
                second.documents().length,
                inFirst.length,
                either == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) inFirst.length / either),
                rank(scores(first, inFirst), scores(second, inSecond)));
    }

    private static OptionalDouble rank(double[] first, double[] second) {
        if (first.length < 2 || second.length < 2) {
            return OptionalDouble.empty();
        }
        double tau = new KendallsCorrelation().correlation(first, second);
        return Double.isNaN(tau) ? OptionalDouble.empty() : OptionalDouble.of(tau);
    }

    private static double[] scores(ItemMatches matches, int[] ranks) {
        return switch (matches) {
            case ItemMatches.Unscored _ -> new double[0];
            case ItemMatches.Scored scored ->
                    IntStream.of(ranks).mapToDouble(rank -> scored.scores()[rank]).toArray();
        };
    }
}
