package io.retcon.streams.selection;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;

import java.util.Set;
import java.util.SortedMap;

/** Decides for one item whether a spec selects it. */
interface SelectionRule {
    /**
     * @param right step to whether the item was right there, for every pinned checkpoint that
     *     scored it by the selecting metric
     */
    boolean selects(ItemRef item, SortedMap<Long, Boolean> right);

    static SelectionRule of(SelectSpec select) {
        return switch (select.getRule()) {
            case "learned-at" -> learnedAt(select);
            case Learnable.RULE -> learnedAt(select);
            case "forgotten-at" -> forgottenAt(select);
            case "always" -> everywhere(select, true);
            case "never" -> everywhere(select, false);
            case "all" -> (item, right) -> true;
            case "list" -> listed(Set.copyOf(select.getItems()));
            default ->
                    throw new RefusedInput(
                            "rule '%s' is not known: use learned-at, learnable, forgotten-at, always, never, all or list"
                                    .formatted(select.getRule()));
        };
    }

    private static SelectionRule learnedAt(SelectSpec select) {
        var rule = new LearnedAt(select.getStep().orElseThrow());
        int checkpoints = select.getCheckpoints().size();
        return (item, right) -> right.size() == checkpoints && rule.holds(right);
    }

    private static SelectionRule forgottenAt(SelectSpec select) {
        var rule = new ForgottenAt(select.getStep().orElseThrow());
        int checkpoints = select.getCheckpoints().size();
        return (item, right) -> right.size() == checkpoints && rule.holds(right);
    }

    /** Right, or wrong, at every checkpoint. */
    private static SelectionRule everywhere(SelectSpec select, Boolean outcome) {
        int checkpoints = select.getCheckpoints().size();
        return (item, right) ->
                right.size() == checkpoints && right.values().stream().allMatch(outcome::equals);
    }

    private static SelectionRule listed(Set<String> items) {
        return (item, right) -> items.contains(item.getId());
    }
}
