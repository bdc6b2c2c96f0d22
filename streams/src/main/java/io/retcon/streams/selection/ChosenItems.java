package io.retcon.streams.selection;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.Benchmarks;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OutcomeRules;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param unscored items that no rule could select because they were not scored by its metric at
 *     every checkpoint that it looks at
 */
public record ChosenItems(
        InterventionSpec spec, List<ItemRef> items, Map<String, Integer> factors, int unscored) {
    public ChosenItems {
        requireNonNull(spec, "spec is null");
        items = items.stream().sorted(ItemOrder.BY_NAME).toList();
        factors = Map.copyOf(factors);
    }

    /**
     * Selects the items of a spec.
     *
     * @param spec with its checkpoints pinned
     * @param right for a select: item to step to whether it was right there, where it was scored by
     *     the select's metric
     * @throws RefusedInput where a rule looks at outcomes of a checkpoint at which no item was
     *     scored by its metric
     */
    public static ChosenItems of(
            InterventionSpec spec,
            Function<SelectSpec, SortedMap<ItemRef, SortedMap<Long, Boolean>>> right) {
        return spec.factors().isEmpty()
                ? single(spec, right.apply(spec.select()))
                : factorial(spec, right);
    }

    private static ChosenItems single(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        if (OutcomeRules.include(spec.select())) {
            checkScored(spec, right);
        }
        var pinned = Learnable.pinned(spec, right);
        return new ChosenItems(
                pinned, SelectedItems.of(pinned, right), Map.of(), unscored(spec, right));
    }

    /** In words, what a reader should know of them. */
    public Optional<String> remark() {
        return unscored == 0
                ? Optional.empty()
                : Optional.of(
                        "%d items were not scored by %s at every checkpoint: none of them is selected"
                                .formatted(unscored, spec.select().getMetric()));
    }

    private static int unscored(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var select = spec.select();
        return !OutcomeRules.include(select)
                ? 0
                : (int)
                        right.values().stream()
                                .filter(of -> !of.keySet().containsAll(select.getCheckpoints()))
                                .count();
    }

    /** An item that was not scored by the metric is neither right nor wrong by it. */
    private static void checkScored(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var metric = spec.select().getMetric();
        for (long step : spec.select().getCheckpoints()) {
            if (!right.isEmpty() && right.values().stream().noneMatch(of -> of.containsKey(step))) {
                throw new RefusedInput(
                        "select.metric is %s, by which no item of %s was scored at checkpoint %d of run '%s': %s"
                                .formatted(
                                        metric,
                                        spec.select().getBenchmark(),
                                        step,
                                        spec.run(),
                                        metric.equals("acc_uncond")
                                                ? "score the run with --unconditional, or select by"
                                                        + " another metric"
                                                : "select by a metric that it was scored by, or"
                                                        + " name other 'checkpoints'"));
            }
        }
    }

    private static ChosenItems factorial(
            InterventionSpec spec,
            Function<SelectSpec, SortedMap<ItemRef, SortedMap<Long, Boolean>>> right) {
        var pinned = new ArrayList<FactorSpec>();
        var items = new ArrayList<ItemRef>();
        var factors = new TreeMap<String, Integer>();
        int unscored = 0;
        for (var factor : spec.factors()) {
            var select =
                    SelectSpec.newBuilder(factor.getSelect())
                            .setCheckpoints(spec.select().getCheckpoints())
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
            pinned.add(new FactorSpec(factor.getName(), chosen.spec.select()));
            unscored = Math.max(unscored, chosen.unscored);
        }
        return new ChosenItems(
                InterventionSpec.newBuilder(spec).setFactors(pinned).build(),
                items,
                factors,
                unscored);
    }
}
