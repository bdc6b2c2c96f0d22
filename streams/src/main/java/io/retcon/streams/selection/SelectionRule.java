package io.retcon.streams.selection;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;

import java.util.Set;
import java.util.SortedMap;

/** Decides for one item whether a spec selects it. */
public interface SelectionRule {
    /**
     * @param right step to whether the item was right there, for every pinned checkpoint that
     *     scored it
     */
    boolean selects(ItemRef item, SortedMap<Long, Boolean> right);

    static SelectionRule of(SelectSpec select) {
        return switch (select.getRule()) {
            case "learned-at" -> learnedAt(select);
            case "all" -> (item, right) -> true;
            case "list" -> listed(Set.copyOf(select.getItems()));
            default ->
                    throw new RefusedInput(
                            "rule '%s' is not known: use learned-at, all or list"
                                    .formatted(select.getRule()));
        };
    }

    private static SelectionRule learnedAt(SelectSpec select) {
        var rule = new LearnedAt(select.getStep().orElseThrow());
        int checkpoints = select.getCheckpoints().size();
        return (item, right) -> right.size() == checkpoints && rule.holds(right);
    }

    private static SelectionRule listed(Set<String> items) {
        return (item, right) -> items.contains(item.getId());
    }
}
