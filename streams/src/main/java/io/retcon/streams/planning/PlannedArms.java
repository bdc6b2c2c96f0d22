package io.retcon.streams.planning;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.ItemRef;

import java.util.List;
import java.util.Optional;

/**
 * What is done in every arm.
 *
 * @param arms in the spec's order
 * @param matched documents that match and could be changed
 * @param droppedItems items that were left out because donors ran out
 * @param limit how many documents the spec asks for, where it says so
 */
public record PlannedArms(
        List<ArmPlan> arms,
        int matched,
        List<ItemRef> droppedItems,
        Optional<DocumentLimit> limit) {
    public PlannedArms {
        arms = List.copyOf(arms);
        droppedItems = List.copyOf(droppedItems);
    }

    PlannedArms(List<ArmPlan> arms, int matched, List<ItemRef> droppedItems) {
        this(arms, matched, droppedItems, Optional.empty());
    }

    PlannedArms with(DocumentLimit asked) {
        return new PlannedArms(arms, matched, droppedItems, Optional.of(asked));
    }

    /** Matched documents that stay as they are, because donors ran out. */
    public int left() {
        return arms.stream()
                .filter(plan -> plan.arm().equals(Arm.TREATED))
                .mapToInt(plan -> matched - plan.ofDocuments().size())
                .map(left -> Math.max(left, 0))
                .sum();
    }

    /** SHA-256 (hexadecimal) over the plans of all arms, in order: the plan's name. */
    public String sha256() {
        var sha = new Sha256();
        arms.forEach(plan -> sha.update(plan.arm().label()).update(plan.sha256()));
        return sha.hex();
    }
}
