package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.selection.RunNoise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Items that an effect is estimated over, by benchmark and identifier.
 *
 * @param name the benchmark or the selected prefix, after 'unselected:' for the collateral; or
 *     after that what the original run knew of it
 */
record ItemGroup(String name, List<ItemRef> items) {
    ItemGroup {
        requireNonNull(name, "name is null");
        items = List.copyOf(items);
    }

    boolean isSelected() {
        return !name.startsWith(RunNoise.UNSELECTED);
    }

    /** The items that were selected, as a whole: the group that the intervention is about. */
    static ItemGroup selected(Selection selection) {
        return new ItemGroup(Specs.of(selection).select().getBenchmark(), selection.getItems());
    }

    /**
     * The selected items as a whole and, where there are several benchmarks, of each; then the same
     * of the others, and these by what the original run knew of them. A group without items is left
     * out, but for the first.
     *
     * @param scored all items that retrainings were scored on, in order
     */
    static List<ItemGroup> of(Selection selection, Collection<ItemRef> scored) {
        var selected = new HashSet<>(selection.getItems());
        var others =
                scored.stream()
                        .filter(
                                item ->
                                        selection
                                                .getBenchmarkItems()
                                                .containsKey(item.getBenchmark()))
                        .filter(Predicate.not(selected::contains))
                        .toList();
        var whole = selected(selection);
        var groups = new ArrayList<ItemGroup>();
        groups.add(whole);
        groups.addAll(byBenchmark(selection, whole, ""));
        var rest = new ItemGroup(RunNoise.UNSELECTED + whole.name, others);
        if (!others.isEmpty()) {
            groups.add(rest);
            groups.addAll(byBenchmark(selection, rest, RunNoise.UNSELECTED));
            groups.addAll(byKnowledge(selection, others));
        }
        return groups;
    }

    /** Items that were not selected by what the original run knew of them, those that are there. */
    static List<ItemGroup> byKnowledge(Selection selection, Collection<ItemRef> others) {
        var there = new HashSet<>(others);
        return selection.getUnselected().stream()
                .map(
                        of ->
                                new ItemGroup(
                                        RunNoise.UNSELECTED + of.getKnown(),
                                        of.getItems().stream().filter(there::contains).toList()))
                .filter(group -> !group.items.isEmpty())
                .toList();
    }

    /** The group's part of each benchmark, where it has several. */
    static List<ItemGroup> byBenchmark(Selection selection, ItemGroup whole, String prefix) {
        var benchmarks = selection.getBenchmarkItems().keySet().stream().sorted().toList();
        return benchmarks.stream()
                .map(
                        benchmark ->
                                new ItemGroup(
                                        prefix + benchmark,
                                        whole.items.stream()
                                                .filter(i -> i.getBenchmark().equals(benchmark))
                                                .toList()))
                .filter(group -> !group.items.isEmpty() && !group.name.equals(whole.name))
                .toList();
    }
}
