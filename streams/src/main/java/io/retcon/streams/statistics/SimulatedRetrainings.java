package io.retcon.streams.statistics;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Retrainings whose true effect is known: outcome = effect of the arm + item + arm's effect on the
 * item's relation and on the item + replicate + rest, all normal but the effect, and right where
 * that is above zero. What estimates promise is held against them.
 *
 * @param items in each replicate
 * @param replicates of each arm
 * @param ofItem standard deviation of what an arm does to one item in every replicate
 * @param ofReplicate standard deviation of what a retraining does to every item
 * @param effect added to the treated arm
 * @param relations that items ask for, every other one with three times the items
 * @param ofRelation standard deviation of what an arm does to one relation in every replicate
 */
public record SimulatedRetrainings(
        int items,
        int replicates,
        double ofItem,
        double ofReplicate,
        double effect,
        int relations,
        double ofRelation) {
    private static final double EASINESS = 1;

    /** Items that have nothing in common. */
    public SimulatedRetrainings(
            int items, int replicates, double ofItem, double ofReplicate, double effect) {
        this(items, replicates, ofItem, ofReplicate, effect, 1, 0);
    }

    /** The same world with another effect. */
    public SimulatedRetrainings withEffect(double other) {
        return new SimulatedRetrainings(
                items, replicates, ofItem, ofReplicate, other, relations, ofRelation);
    }

    /** Item to its relation. */
    public int[] relation() {
        return IntStream.range(0, items)
                .map(
                        item -> {
                            int turn = item % (2 * relations);
                            return turn < relations ? turn : turn % relations / 2 * 2;
                        })
                .toArray();
    }

    /** Margins [arm][replicate][item] of control, treated, placebo. */
    public double[][][] margins(RandomGenerator random) {
        var relation = relation();
        var difficulty = new double[items];
        for (int i = 0; i < items; i++) {
            difficulty[i] = EASINESS + random.nextGaussian();
        }
        var margins = new double[3][replicates][items];
        for (int arm = 0; arm < 3; arm++) {
            var onRelation = new double[relations];
            for (int of = 0; of < relations; of++) {
                onRelation[of] = arm == 0 ? 0 : ofRelation * random.nextGaussian();
            }
            var onItem = new double[items];
            for (int i = 0; i < items; i++) {
                onItem[i] =
                        difficulty[i]
                                + onRelation[relation[i]]
                                + (arm == 0 ? 0 : ofItem * random.nextGaussian());
            }
            for (int r = 0; r < replicates; r++) {
                double shift = ofReplicate * random.nextGaussian() + (arm == 1 ? effect : 0);
                for (int i = 0; i < items; i++) {
                    margins[arm][r][i] = onItem[i] + shift + random.nextGaussian();
                }
            }
        }
        return margins;
    }

    /** 1 where the margin is above zero, 0 elsewhere. */
    public static double[][][] right(double[][][] margins) {
        var right = new double[margins.length][margins[0].length][margins[0][0].length];
        for (int arm = 0; arm < right.length; arm++) {
            for (int r = 0; r < right[arm].length; r++) {
                for (int i = 0; i < right[arm][r].length; i++) {
                    right[arm][r][i] = margins[arm][r][i] > 0 ? 1 : 0;
                }
            }
        }
        return right;
    }
}
