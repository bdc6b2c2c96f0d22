package io.retcon.streams.effects;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Replicates that differ in their starting weights by a millionth. Where they come out alike they
 * are one retraining that was made several times, and their variance of nothing says nothing of how
 * retrainings differ.
 */
final class JitteredReplicates {
    static final String JITTER = "jitter";

    /**
     * Replicates are seen to differ where their margins' deviation between replicates is at least
     * this share of their deviation between items, in every arm. In the demo's world jitter leaves
     * mean margins alike to four digits, and another order moves them by 0.17 to 0.41.
     */
    private static final double SEEN = 0.02;

    private JitteredReplicates() {}

    /**
     * The replicates that count as retrainings of their own: all, or the first that all arms have.
     */
    static FinishedArms counted(FinishedArms arms, OutcomeTable outcomes) {
        var spec = arms.spec();
        if (!spec.retrain().getVary().equals(JITTER) || arms.counted().size() == 1) {
            return arms;
        }
        if (spec.arms().stream().allMatch(arm -> differ(arm, arms, outcomes))) {
            return arms.counting(
                    arms.counted(),
                    "jitter's replicates were seen to differ: each counts as a retraining");
        }
        return arms.counting(
                List.of(first(arms)),
                "jitter's replicates came out alike: all of them count as one retraining");
    }

    private static int first(FinishedArms arms) {
        var common = new TreeSet<>(arms.counted());
        arms.spec().arms().forEach(arm -> common.retainAll(arms.replicates(arm)));
        return common.isEmpty() ? arms.counted().getFirst() : common.getFirst();
    }

    private static boolean differ(String arm, FinishedArms arms, OutcomeTable outcomes) {
        var replicates = arms.replicates(arm);
        var margins =
                outcomes.values(arm, replicates, List.copyOf(outcomes.items()), "margin")
                        .orElse(new double[0][0]);
        return margins.length > 1 && margins[0].length > 1 && ratio(margins) >= SEEN;
    }

    /** Deviation between replicates over deviation between items; 0 where nothing varies. */
    private static double ratio(double[][] margins) {
        int items = margins[0].length;
        double between = 0;
        var means = new double[items];
        for (int i = 0; i < items; i++) {
            var ofItem = new double[margins.length];
            for (int r = 0; r < margins.length; r++) {
                ofItem[r] = margins[r][i];
            }
            means[i] = mean(ofItem);
            between += variance(ofItem) / items;
        }
        return between == 0 ? 0 : Math.sqrt(between / variance(means));
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
