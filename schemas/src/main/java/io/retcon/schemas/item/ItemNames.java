package io.retcon.schemas.item;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shortest names that tell some items apart: the identifier alone, and the benchmark's with it
 * where items of several benchmarks share it. Immutable.
 */
public final class ItemNames {
    private final Set<String> shared = new HashSet<>();

    public ItemNames(Collection<ItemRef> items) {
        Map<String, String> benchmarks = new HashMap<>();
        for (var item : items) {
            var other = benchmarks.putIfAbsent(item.getId(), item.getBenchmark());
            if (other != null && !other.equals(item.getBenchmark())) {
                shared.add(item.getId());
            }
        }
    }

    public static ItemNames of(List<Item> items) {
        return new ItemNames(items.stream().map(ItemNames::ref).toList());
    }

    public ItemName of(Item item) {
        return of(ref(item));
    }

    public ItemName of(ItemRef item) {
        return new ItemName(
                shared.contains(item.getId()) ? Optional.of(item.getBenchmark()) : Optional.empty(),
                item.getId());
    }

    private static ItemRef ref(Item item) {
        return new ItemRef(item.getBenchmark(), item.getId());
    }
}
