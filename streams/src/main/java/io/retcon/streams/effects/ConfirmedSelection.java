package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Specs;

import java.util.ArrayList;
import java.util.List;

/**
 * A selection that was made on one run and is asked for again in others. Items that were selected
 * because they came out well came out well by luck, too, and will come out worse in any retraining;
 * those whose controls of the first half of the replicates all come out as the rule has it are
 * kept, and effects are estimated from the other half, which had no part in choosing.
 *
 * @param selection with the items that are kept
 * @param arms with the replicates that are left to estimate from
 */
record ConfirmedSelection(Selection selection, FinishedArms arms) {

    ConfirmedSelection {
        requireNonNull(selection, "selection is null");
        requireNonNull(arms, "arms is null");
    }

    /**
     * The same, where the spec asks for no split.
     *
     * @param outcomes from which the items that are not kept are left out: they are no longer
     *     selected, and were not left alone by chance
     */
    static ConfirmedSelection of(Selection selection, FinishedArms arms, OutcomeTable outcomes) {
        var select = Specs.of(selection).select();
        if (!select.getSplit()) {
            return new ConfirmedSelection(selection, arms);
        }
        int half = arms.counted().size() / 2;
        var others = arms.counted().subList(half, arms.counted().size());
        var confirming =
                arms.replicates(Arm.CONTROL_LABEL).stream()
                        .filter(of -> !others.contains(of))
                        .toList();
        double expected = isRight(select, Specs.of(selection).window().getTo()) ? 1 : 0;
        var kept =
                selection.getItems().stream()
                        .filter(
                                item ->
                                        confirms(
                                                outcomes,
                                                confirming,
                                                item,
                                                select.getMetric(),
                                                expected))
                        .toList();
        var left = new ArrayList<>(selection.getItems());
        left.removeAll(kept);
        outcomes.leaveOut(left);
        return new ConfirmedSelection(
                Selection.newBuilder(selection).setItems(kept).build(),
                arms.counting(
                        others,
                        "selection split: %d of %d selected items came out as selected in %d other controls; effects are over these and from other replicates"
                                .formatted(
                                        kept.size(),
                                        selection.getItems().size(),
                                        confirming.size())));
    }

    private static boolean confirms(
            OutcomeTable outcomes,
            List<Integer> controls,
            ItemRef item,
            String metric,
            double expected) {
        return !controls.isEmpty()
                && outcomes.values(Arm.CONTROL_LABEL, controls, List.of(item), metric).stream()
                        .anyMatch(values -> all(values, expected));
    }

    private static boolean all(double[][] values, double expected) {
        for (double[] ofReplicate : values) {
            if (ofReplicate[0] != expected) {
                return false;
            }
        }
        return true;
    }

    /** What the rule says of an item at the window's end, where retrainings are scored. */
    private static boolean isRight(SelectSpec select, long end) {
        return switch (select.getRule()) {
            case "learned-at", "learnable" -> select.getStep().orElseThrow() <= end;
            case "forgotten-at" -> select.getStep().orElseThrow() > end;
            case "always" -> true;
            case "never" -> false;
            default -> throw new IllegalStateException(select.getRule());
        };
    }
}
