package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.spec.Arm;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a plan would do, before anything is done.
 *
 * @param documents documents that the treated arm changes, or any row of a factorial design
 * @param inserted documents that it puts between others
 * @param tokensTouched the changed documents' tokens
 * @param sequencesTouched sequences that something is done in
 * @param tokensTruncated tokens that the treated arm pushes off the ends of sequences, before
 *     strings in them are replaced
 * @param longer most tokens by which a document's successor is longer than it
 * @param shorter most tokens by which it is shorter
 * @param sharedDocuments changed documents that several items claim
 * @param placeboImbalance documents whose length has no counterpart in the other arm: the sum over
 *     lengths of |treated − placebo|
 * @param placeboDistance largest difference between the shares of treated and of placebo documents
 *     up to a step (Kolmogorov–Smirnov)
 */
public record PlanSummary(
        int documents,
        int inserted,
        long tokensTouched,
        long sequencesTouched,
        long tokensTruncated,
        int longer,
        int shorter,
        int sharedDocuments,
        long placeboImbalance,
        double placeboDistance) {

    public static PlanSummary of(PlannedArms planned) {
        var treated = planned.treated();
        var changes = treated.ofDocuments();
        var placebo = plan(planned, Arm.PLACEBO).ofDocuments();
        boolean compared = planned.arms().stream().anyMatch(p -> p.arm().equals(Arm.PLACEBO));
        return new PlanSummary(
                changes.size(),
                treated.changes().size() - changes.size(),
                changes.stream().mapToLong(change -> change.target().tokens()).sum(),
                treated.changes().stream().map(PlanSummary::sequence).distinct().count(),
                truncated(treated),
                Math.max(0, replaced(changes).max().orElse(0)),
                -Math.min(0, replaced(changes).min().orElse(0)),
                (int) changes.stream().filter(c -> c.target().items().size() > 1).count(),
                compared ? imbalance(changes, placebo) : 0,
                compared ? distance(changes, placebo) : 0);
    }

    private record Sequence(long step, int sequence) {}

    private static Sequence sequence(Change change) {
        var document = change.target().document();
        return new Sequence(document.getStep(), document.getSequence());
    }

    /** By how many tokens documents grow; those that go are left aside. */
    private static IntStream replaced(List<Change> changes) {
        return changes.stream().filter(change -> change.length() > 0).mapToInt(Change::growth);
    }

    private static ArmPlan plan(PlannedArms planned, Arm arm) {
        return planned.arms().stream()
                .filter(plan -> plan.arm().equals(arm))
                .findFirst()
                .orElse(new ArmPlan(arm, List.of()));
    }

    private static long truncated(ArmPlan plan) {
        var growth = new TreeMap<DocumentRef, Long>(DocumentOrder.BY_PLACE);
        for (var change : plan.changes()) {
            var at = sequence(change);
            var place = new DocumentRef("", at.step(), at.sequence(), 0, 0);
            growth.merge(place, (long) change.growth(), Long::sum);
        }
        return growth.values().stream().mapToLong(tokens -> Math.max(tokens, 0)).sum();
    }

    private static long imbalance(List<Change> treated, List<Change> placebo) {
        var surplus = new TreeMap<Integer, Integer>();
        treated.forEach(change -> surplus.merge(change.target().tokens(), 1, Integer::sum));
        placebo.forEach(change -> surplus.merge(change.target().tokens(), -1, Integer::sum));
        return surplus.values().stream().mapToLong(Math::abs).sum();
    }

    private static double distance(List<Change> treated, List<Change> placebo) {
        if (treated.isEmpty() || placebo.isEmpty()) {
            return 0;
        }
        var shares = new TreeMap<Long, Double>();
        treated.forEach(change -> shares.merge(step(change), 1.0 / treated.size(), Double::sum));
        placebo.forEach(change -> shares.merge(step(change), -1.0 / placebo.size(), Double::sum));
        double largest = 0;
        double difference = 0;
        for (double share : shares.values()) {
            difference += share;
            largest = Math.max(largest, Math.abs(difference));
        }
        return largest;
    }

    private static long step(Change change) {
        return change.target().document().getStep();
    }
}
