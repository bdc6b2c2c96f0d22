package io.retcon.retrainer.evaluation;

import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Item;

import java.util.List;
import java.util.Map;

/**
 * An item with the score of every choice, in the item's order.
 *
 * @param dropped tokens at the beginning of its context that the model had no room for
 */
public record ItemScore(Item item, List<ChoiceScore> choices, int dropped) {
    public ItemScore {
        choices = List.copyOf(choices);
    }

    /** Whether its context lost its beginning. */
    public boolean isTruncated() {
        return dropped > 0;
    }

    /** Metric to whether its best choice is the right one. */
    public Map<String, Boolean> correct() {
        return Grading.correct(choices, item.getGold());
    }

    /** Log-likelihood of the right choice minus that of the best wrong one. */
    public double margin() {
        return Grading.margin(choices, item.getGold());
    }
}
