package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Margins = item + what an arm does to an item and to its relation + retraining + rest of standard
 * deviation 1, all normal, and a straight line in the dose.
 *
 * @param items of each retraining
 * @param replicates of each arm
 * @param ofItem standard deviation of what an arm does to one item in every replicate
 * @param ofReplicate standard deviation of a retraining, for each arm
 * @param doses of the arms, whose linear contrast is estimated: the slope
 * @param relations of items, unequal in size; 1 where items have nothing in common
 * @param ofRelation standard deviation of what an arm does to a relation
 * @param truth the slope
 */
record MarginWorld(
        int items,
        int replicates,
        double ofItem,
        double[] ofReplicate,
        double[] doses,
        int relations,
        double ofRelation,
        double truth)
        implements World {
    static final double[] TWO_ARMS = {1, 0};

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        var relation = relations(items, relations);
        var arms = new double[doses.length][replicates][items];
        var difficulty = gaussians(items, 1, random);
        for (int arm = 0; arm < doses.length; arm++) {
            var onItem = gaussians(items, ofItem, random);
            var onRelation = gaussians(relations, ofRelation, random);
            for (int r = 0; r < replicates; r++) {
                double shift = ofReplicate[arm] * random.nextGaussian() + truth * doses[arm];
                for (int i = 0; i < items; i++) {
                    arms[arm][r][i] =
                            difficulty[i]
                                    + onItem[i]
                                    + onRelation[relation[i]]
                                    + shift
                                    + random.nextGaussian();
                }
            }
        }
        var outcomes =
                doses.length == 2
                        ? PairedOutcomes.ofMargins(arms[0], arms[1])
                        : PairedOutcomes.ofMarginContrast(Contrasts.slope(arms, doses));
        return relations > 1 ? outcomes.clustered(relation) : outcomes;
    }

    @Override
    public World planted(double effect) {
        return new MarginWorld(
                items, replicates, ofItem, ofReplicate, doses, relations, ofRelation, effect);
    }

    /** Item to its relation, of which every other one has three times the items. */
    static int[] relations(int items, int relations) {
        return IntStream.range(0, items)
                .map(
                        item -> {
                            int turn = item % (2 * relations);
                            return turn < relations ? turn : turn % relations / 2 * 2;
                        })
                .toArray();
    }

    static double[] gaussians(int count, double deviation, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToDouble(i -> deviation * random.nextGaussian())
                .toArray();
    }
}
