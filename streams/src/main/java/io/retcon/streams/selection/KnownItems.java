package io.retcon.streams.selection;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.UnselectedItems;
import io.retcon.schemas.spec.InterventionSpec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When the original run came to know an item, by the evaluated checkpoint nearest before the
 * window's beginning, the one nearest before its end, and the last one: each item that was not
 * selected is of one kind, because a change of the window means another thing to each.
 */
public enum KnownItems {
    /** Right where retraining starts: what is lost is collateral. */
    KNOWN_BEFORE("known-before"),
    /** Wrong there and right at the window's end: documents of the window taught it. */
    LEARNED_IN_WINDOW("learned-in-window"),
    /** Wrong at both and right at the last checkpoint: what is gained was taught early. */
    LEARNED_LATER("learned-later"),
    /** Wrong at all three. */
    NEVER("never");

    private final String label;

    KnownItems(String label) {
        this.label = label;
    }

    /**
     * The items that were not selected, of every kind that there is. Items that were not scored
     * where their kind shows are of none, and without a checkpoint before the window nothing is.
     *
     * @param spec with its checkpoints pinned
     * @param right item to step to whether it was right there
     */
    public static List<UnselectedItems> of(
            InterventionSpec spec,
            Collection<ItemRef> selected,
            SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var steps = new TreeSet<>(spec.select().getCheckpoints());
        var start = steps.floor(spec.window().getFrom());
        if (start == null) {
            return List.of();
        }
        long end = steps.floor(spec.window().getTo());
        var chosen = new HashSet<>(selected);
        var kinds = new TreeMap<KnownItems, List<ItemRef>>();
        right.forEach(
                (item, of) -> {
                    if (!chosen.contains(item)) {
                        kind(of, start, end, steps.last())
                                .ifPresent(
                                        kind ->
                                                kinds.computeIfAbsent(
                                                                kind, first -> new ArrayList<>())
                                                        .add(item));
                    }
                });
        return kinds.entrySet().stream()
                .map(
                        kind ->
                                new UnselectedItems(
                                        kind.getKey().label,
                                        kind.getValue().stream()
                                                .sorted(ItemOrder.BY_NAME)
                                                .toList()))
                .toList();
    }

    private static Optional<KnownItems> kind(
            SortedMap<Long, Boolean> right, long start, long end, long last) {
        if (!right.containsKey(start) || !right.containsKey(end) || !right.containsKey(last)) {
            return Optional.empty();
        }
        if (right.get(start)) {
            return Optional.of(KNOWN_BEFORE);
        }
        if (right.get(end)) {
            return Optional.of(LEARNED_IN_WINDOW);
        }
        return Optional.of(right.get(last) ? LEARNED_LATER : NEVER);
    }
}
