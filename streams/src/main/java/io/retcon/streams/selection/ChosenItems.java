package io.retcon.streams.selection;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.validation.Benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The items that an intervention is about. Each factor of a factorial design selects from the items
 * that earlier factors left, so that none is of two.
 *
 * @param spec with the step that the outcomes say, where its rule asks for that
 * @param items by benchmark and identifier
 * @param factors item, as in keys, to the place of its factor
 */
public record ChosenItems(
        InterventionSpec spec, List<ItemRef> items, Map<String, Integer> factors) {
    public ChosenItems {
        requireNonNull(spec, "spec is null");
        items = items.stream().sorted(ItemOrder.BY_NAME).toList();
        factors = Map.copyOf(factors);
    }

    /**
     * @param spec with its checkpoints pinned
     * @param right for a select: item to step to whether it was right there
     */
    public static ChosenItems of(
            InterventionSpec spec,
            Function<SelectSpec, SortedMap<ItemRef, SortedMap<Long, Boolean>>> right) {
        return spec.getFactors().isEmpty()
                ? single(spec, right.apply(spec.getSelect()))
                : factorial(spec, right);
    }

    private static ChosenItems single(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var pinned = Learnable.pinned(spec, right);
        return new ChosenItems(pinned, SelectedItems.of(pinned, right), Map.of());
    }

    private static ChosenItems factorial(
            InterventionSpec spec,
            Function<SelectSpec, SortedMap<ItemRef, SortedMap<Long, Boolean>>> right) {
        var pinned = new ArrayList<FactorSpec>();
        var items = new ArrayList<ItemRef>();
        var factors = new TreeMap<String, Integer>();
        for (var factor : spec.getFactors()) {
            var select =
                    SelectSpec.newBuilder(factor.getSelect())
                            .setCheckpoints(spec.getSelect().getCheckpoints())
                            .build();
            var left = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
            left.putAll(right.apply(select));
            var inside = new Benchmarks(select.getBenchmark());
            left.keySet()
                    .removeIf(
                            item ->
                                    factors.containsKey(Keys.item(item))
                                            || !inside.include(item.getBenchmark()));
            var chosen = single(InterventionSpec.newBuilder(spec).setSelect(select).build(), left);
            chosen.items.forEach(item -> factors.put(Keys.item(item), pinned.size()));
            items.addAll(chosen.items);
            pinned.add(new FactorSpec(factor.getName(), chosen.spec.getSelect()));
        }
        return new ChosenItems(
                InterventionSpec.newBuilder(spec).setFactors(pinned).build(), items, factors);
    }
}
