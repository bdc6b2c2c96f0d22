package io.retcon.deploy.dashboard.drill;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.report.LearningCurve;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the big topics say of an intervention's items.
 *
 * @param items the selected ones, in the items' order
 * @param curve how the original run learned them
 * @param learned checkpoint to how many of the benchmarks' items were learned there
 */
public record Evidence(
        SortedMap<ItemRef, OfItem> items, LearningCurve curve, SortedMap<Long, Integer> learned) {
    public Evidence {
        items = Collections.unmodifiableSortedMap(items);
        requireNonNull(curve, "curve is null");
        learned = Collections.unmodifiableSortedMap(learned);
    }

    /**
     * One selected item.
     *
     * @param item its texts, where the items' topic has them
     * @param documents that match it, in history's order
     * @param right arm to the share of replicates in which it is right
     * @param margin arm to its mean margin over replicates
     */
    public record OfItem(
            ItemRef ref,
            Optional<Item> item,
            List<Matched> documents,
            SortedMap<String, Double> right,
            SortedMap<String, Double> margin) {
        public OfItem {
            documents = List.copyOf(documents);
        }
    }

    /** How much room it takes in a cache. */
    int weight() {
        return items.size()
                + items.values().stream().mapToInt(item -> item.documents().size()).sum();
    }
}
