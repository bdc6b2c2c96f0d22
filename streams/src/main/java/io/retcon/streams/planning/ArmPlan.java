package io.retcon.streams.planning;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Arm;

import java.util.Comparator;
import java.util.List;

/** What is changed in one arm, by place; nothing in the control. */
public record ArmPlan(Arm arm, List<Change> changes) {
    static final Comparator<Change> BY_PLACE =
            comparing((Change change) -> change.target().document(), DocumentOrder.BY_PLACE)
                    .thenComparingInt(Change::order);

    public ArmPlan {
        requireNonNull(arm, "arm is null");
        changes = changes.stream().sorted(BY_PLACE).toList();
    }

    /** What is done to documents, without what is put between them. */
    List<Change> ofDocuments() {
        return changes.stream().filter(change -> !change.isInsertion()).toList();
    }

    /** Documents that are changed or added, without those that fill up what dropped ones leave. */
    public long documents() {
        return changes.stream()
                .filter(c -> !c.isInsertion() || c.operation() != Operation.DROP)
                .count();
    }

    /** SHA-256 (hexadecimal) over the changes in order. */
    public String sha256() {
        return sha256(changes);
    }

    static String sha256(List<Change> changes) {
        var sha = new Sha256();
        changes.forEach(change -> sha.update(change.line()));
        return sha.hex();
    }
}
