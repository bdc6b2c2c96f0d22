package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Arm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An arm's window while operations are applied to it, one after the other. A dose changes a share
 * of the subjects, and each operation is told of all, so that a larger dose does the same to those
 * of a smaller one. Not thread-safe.
 */
final class Draft {
    private final Arm arm;
    private final List<Target> subjects;
    private final Map<DocumentRef, Target> models;
    private final TreeMap<DocumentRef, Change> changes = new TreeMap<>(DocumentOrder.BY_PLACE);
    private final List<Change> insertions = new ArrayList<>();
    private final Map<DocumentRef, Integer> orders = new HashMap<>();

    /**
     * @param subjects documents that the arm changes at full share, in document order
     * @param models for a placebo: the treated document that each subject stands for
     * @param share those of {@code subjects} that this arm changes
     */
    Draft(Arm arm, List<Target> subjects, Map<DocumentRef, Target> models, List<Target> share) {
        this.arm = requireNonNull(arm, "arm is null");
        this.subjects = requireNonNull(subjects, "subjects is null");
        this.models = requireNonNull(models, "models is null");
        share.forEach(target -> changes.put(target.document(), Change.none(target)));
    }

    Arm arm() {
        return arm;
    }

    /** Documents that the arm changes at full share, in document order. */
    List<Target> subjects() {
        return subjects;
    }

    /** The matched document that a subject stands for: itself, but in a placebo. */
    Target model(Target subject) {
        return models.getOrDefault(subject.document(), subject);
    }

    /** What is done to each of the arm's documents so far, in document order. */
    List<Change> changes() {
        return List.copyOf(changes.values());
    }

    /** Changes what is done to a document, if this arm changes it. */
    void update(Target target, UnaryOperator<Change> update) {
        changes.computeIfPresent(target.document(), (document, change) -> update.apply(change));
    }

    void updateAll(UnaryOperator<Change> update) {
        changes.replaceAll((document, change) -> update.apply(change));
    }

    /** Puts a document before another, after those that were put there before. */
    void insert(Operation operation, Target place, Change inserted) {
        int order = orders.merge(place.document(), 1, Integer::sum);
        insertions.add(Change.insertion(operation, place, order, inserted));
    }

    ArmPlan plan() {
        var all = new ArrayList<>(insertions);
        changes.values().stream().filter(change -> !change.isNone()).forEach(all::add);
        return new ArmPlan(arm, all);
    }
}
