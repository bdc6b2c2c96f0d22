package io.retcon.retrainer.evaluation;

import io.retcon.schemas.record.ChoiceScore;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the scores of an item's choices say about its right one. The first of equals is best. */
public final class Grading {
    private Grading() {}

    /**
     * Metric to whether its best choice is the right one: acc_raw by log-likelihood, acc_per_token
     * and acc_per_char (where characters are known, so not 0) by that over the length, acc_uncond,
     * where it was asked for, by how much the query raised it.
     */
    public static Map<String, Boolean> correct(List<ChoiceScore> choices, int gold) {
        var correct = new TreeMap<String, Boolean>();
        correct.put("acc_raw", best(choices, ChoiceScore::getLogLikelihood) == gold);
        correct.put(
                "acc_per_token", best(choices, c -> c.getLogLikelihood() / c.getTokens()) == gold);
        if (choices.stream().allMatch(c -> c.getCharacters() > 0)) {
            correct.put(
                    "acc_per_char",
                    best(choices, c -> c.getLogLikelihood() / c.getCharacters()) == gold);
        }
        if (choices.stream().allMatch(c -> c.getUnconditional().isPresent())) {
            int best =
                    best(choices, c -> c.getLogLikelihood() - c.getUnconditional().orElseThrow());
            correct.put("acc_uncond", best == gold);
        }
        return correct;
    }

    /** Log-likelihood of the right choice minus that of the best wrong one. */
    public static double margin(List<ChoiceScore> choices, int gold) {
        double wrong = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < choices.size(); i++) {
            if (i != gold) {
                wrong = Math.max(wrong, choices.get(i).getLogLikelihood());
            }
        }
        return choices.get(gold).getLogLikelihood() - wrong;
    }

    private static int best(List<ChoiceScore> choices, ToDoubleFunction<ChoiceScore> value) {
        int best = 0;
        for (int i = 1; i < choices.size(); i++) {
            if (value.applyAsDouble(choices.get(i)) > value.applyAsDouble(choices.get(best))) {
                best = i;
            }
        }
        return best;
    }
}
