package io.retcon.streams.selection;

import static java.util.Comparator.comparing;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.streams.planning.SplitMix64;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;

/** The items that a spec selects: those of its rule, or as many of them as its sample says. */
public final class SelectedItems {
    private SelectedItems() {}

    /**
     * By benchmark and identifier. A sample is drawn by the seed and the items' names, so it does
     * not depend on the order in which they came, and a larger one holds the smaller.
     *
     * @param right item to step to whether it was right there
     */
    public static List<ItemRef> of(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var rule = SelectionRule.of(spec.select());
        var selected =
                right.entrySet().stream()
                        .filter(item -> rule.selects(item.getKey(), item.getValue()))
                        .map(item -> item.getKey())
                        .sorted(ItemOrder.BY_NAME)
                        .toList();
        var sample = spec.select().getSample();
        return sample.isEmpty()
                ? selected
                : selected.stream()
                        .sorted(
                                comparing((ItemRef item) -> ticket(spec.seed(), item))
                                        .thenComparing(ItemOrder.BY_NAME))
                        .limit(sample.get())
                        .sorted(ItemOrder.BY_NAME)
                        .toList();
    }

    private static long ticket(long seed, ItemRef item) {
        var name = new CRC32C();
        name.update((item.getBenchmark() + "|" + item.getId()).getBytes(StandardCharsets.UTF_8));
        return SplitMix64.output(seed, name.getValue());
    }
}
