package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Right or wrong by chance: logit of the probability = arm + item of standard deviation 1 + what an
 * arm does to an item and to its relation + retraining, all normal on the logit scale. The truth is
 * the difference of probabilities averaged over all of these.
 *
 * @param levels of the arms; at 30 every item is right
 * @param ofReplicate standard deviation of a retraining, for each arm
 * @param doses of the arms, whose linear contrast is estimated
 */
record BinaryWorld(
        int items,
        int replicates,
        double ofItem,
        double[] levels,
        double[] ofReplicate,
        double[] doses,
        int relations,
        double ofRelation)
        implements World {
    private static final int HALVINGS = 60;
    private static final int NODES = 400;
    private static final double FARTHEST = 8;
    private static final double ROUNDING = 1e-12;

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        var relation = MarginWorld.relations(items, relations);
        var difficulty = MarginWorld.gaussians(items, 1, random);
        var arms = new double[levels.length][replicates][items];
        for (int arm = 0; arm < levels.length; arm++) {
            var onItem = MarginWorld.gaussians(items, ofItem, random);
            var onRelation = MarginWorld.gaussians(relations, ofRelation, random);
            for (int r = 0; r < replicates; r++) {
                double shift = levels[arm] + ofReplicate[arm] * random.nextGaussian();
                for (int i = 0; i < items; i++) {
                    double logit = shift + difficulty[i] + onItem[i] + onRelation[relation[i]];
                    arms[arm][r][i] = random.nextDouble() < probability(logit) ? 1 : 0;
                }
            }
        }
        var outcomes =
                levels.length == 2
                        ? PairedOutcomes.ofShares(arms[0], arms[1])
                        : PairedOutcomes.ofShareContrast(
                                Contrasts.slope(arms, doses), Contrasts.steepest(doses));
        return relations > 1 ? outcomes.clustered(relation) : outcomes;
    }

    @Override
    public double truth() {
        var means = new double[levels.length][1][1];
        for (int arm = 0; arm < levels.length; arm++) {
            means[arm][0][0] = mean(levels[arm], ofReplicate[arm]);
        }
        double truth = Contrasts.slope(means, doses)[0][0];
        return Math.abs(truth) < ROUNDING ? 0 : truth;
    }

    @Override
    public World planted(double effect) {
        double low = -30;
        double high = levels[0];
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (at(middle).truth() < -Math.abs(effect)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return at(high);
    }

    private BinaryWorld at(double level) {
        var changed = levels.clone();
        for (int arm = 0; arm < levels.length; arm++) {
            // Doses in between lie on the logit's line.
            changed[arm] =
                    levels[levels.length - 1] + doses[arm] * (level - levels[levels.length - 1]);
        }
        return new BinaryWorld(
                items, replicates, ofItem, changed, ofReplicate, doses, relations, ofRelation);
    }

    /** The probability averaged over items, relations and retrainings. */
    private double mean(double level, double ofRetraining) {
        double deviation =
                Math.sqrt(
                        1
                                + ofItem * ofItem
                                + ofRelation * ofRelation
                                + ofRetraining * ofRetraining);
        double sum = 0;
        double weights = 0;
        for (int node = 0; node <= NODES; node++) {
            double z = FARTHEST * (2.0 * node / NODES - 1);
            double weight = Math.exp(-z * z / 2);
            sum += weight * probability(level + deviation * z);
            weights += weight;
        }
        return sum / weights;
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    static double[] both(double value) {
        var both = new double[2];
        Arrays.fill(both, value);
        return both;
    }
}
