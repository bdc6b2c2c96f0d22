package io.retcon.indexer.match;

import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.record.Item;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The shortest names that tell items apart: the identifier alone, and the benchmark's with it where
 * items of several benchmarks share it. Immutable.
 */
public final class ItemNames {
    private final Set<String> shared = new HashSet<>();

    public ItemNames(List<Item> items) {
        var known = new HashSet<String>();
        for (var item : items) {
            if (!known.add(item.getId())) {
                shared.add(item.getId());
            }
        }
    }

    public ItemName of(Item item) {
        return new ItemName(
                shared.contains(item.getId())
                        ? Optional.of(item.getBenchmark())
                        : Optional.empty(),
                item.getId());
    }
}
