package io.retcon.retrainer.publication;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The items of each benchmark in the order in which they were published. */
public final class BenchmarkItems {
    private final Map<String, List<Item>> items = new TreeMap<>();

    private BenchmarkItems() {}

    public static BenchmarkItems read(Cluster cluster) {
        var read = new BenchmarkItems();
        for (var item : TopicTable.read(cluster, TopicCatalogue.ITEMS).values()) {
            read.items.computeIfAbsent(item.getBenchmark(), b -> new ArrayList<>()).add(item);
        }
        return read;
    }

    /** All benchmarks, sorted. */
    public List<String> benchmarks() {
        return List.copyOf(items.keySet());
    }

    /** {@code names}, sorted, or all benchmarks where none is named. */
    public List<String> benchmarks(Collection<String> names) {
        names.forEach(this::of);
        return names.isEmpty() ? benchmarks() : names.stream().distinct().sorted().toList();
    }

    public List<Item> of(String benchmark) {
        var found = items.get(benchmark);
        if (found == null) {
            throw new RefusedInput(
                    "benchmark '%s' has no items here: import them%s"
                            .formatted(benchmark, KnownWords.orName(items.keySet())));
        }
        return found;
    }
}
