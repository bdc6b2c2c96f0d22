package io.retcon.streams.selection;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.InterventionSpec;

import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;

/**
 * The rule 'learnable': items learned at the checkpoint at which most were, the earliest among
 * equals. What was right at the first checkpoint already, or only at the last one, was not seen to
 * be learned; the reference's histogram of learned steps counts both, its authors choose by eye.
 */
public final class Learnable {
    static final String RULE = "learnable";

    private Learnable() {}

    /**
     * The spec with the step that the outcomes say, where its rule is this one.
     *
     * @param spec with its checkpoints pinned
     * @param right item to step to whether it was right there
     */
    public static InterventionSpec pinned(
            InterventionSpec spec, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var select = spec.select();
        if (!select.getRule().equals(RULE)) {
            return spec;
        }
        var steps = select.getCheckpoints().stream().distinct().sorted().toList();
        long most = -1;
        long best = steps.getFirst();
        for (long step : steps.subList(Math.min(1, steps.size() - 1), steps.size())) {
            long learned = learned(step, steps, right);
            if (learned > most) {
                most = learned;
                best = step;
            }
        }
        return InterventionSpec.newBuilder(spec)
                .setSelect(SelectSpec.newBuilder(select).setStep(best).build())
                .build();
    }

    private static long learned(
            long step, List<Long> steps, SortedMap<ItemRef, SortedMap<Long, Boolean>> right) {
        var rule = new LearnedAt(step);
        var all = new HashSet<>(steps);
        return right.values().stream()
                .filter(outcomes -> outcomes.keySet().equals(all) && rule.holds(outcomes))
                .count();
    }
}
