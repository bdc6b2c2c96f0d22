package io.retcon.streams.planning;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.DocumentRef;

import java.util.List;
import java.util.TreeMap;

/**
 * What a plan would do, before anything is done.
 *
 * @param targets documents that the treated arm changes
 * @param tokensTouched their tokens
 * @param sequencesTouched sequences that they lie in
 * @param tokensTruncated tokens that the treated arm pushes off the ends of sequences
 * @param sharedTargets targets that several items claim
 * @param placeboImbalance documents whose length has no counterpart in the other arm: the sum over
 *     lengths of |treated − placebo|
 * @param sha256 SHA-256 (hexadecimal) over the plans of all arms, in order
 */
public record PlanSummary(
        int targets,
        long tokensTouched,
        long sequencesTouched,
        long tokensTruncated,
        int sharedTargets,
        long placeboImbalance,
        String sha256) {

    public static PlanSummary of(List<ArmPlan> plans) {
        var treated = pairings(plans, Arm.TREATED);
        var documents = treated.stream().map(pairing -> pairing.target().document()).toList();
        var sha = new Sha256();
        plans.forEach(plan -> sha.update(plan.arm().label()).update(plan.sha256()));
        return new PlanSummary(
                treated.size(),
                documents.stream().mapToLong(DocumentRef::getLength).sum(),
                documents.stream().map(PlanSummary::sequence).distinct().count(),
                treated.stream().mapToLong(Pairing::growth).sum(),
                (int) treated.stream().filter(p -> p.target().items().size() > 1).count(),
                plans.stream().anyMatch(plan -> plan.arm() == Arm.PLACEBO)
                        ? imbalance(treated, pairings(plans, Arm.PLACEBO))
                        : 0,
                sha.hex());
    }

    private record Place(long step, int sequence) {}

    private static Place sequence(DocumentRef document) {
        return new Place(document.getStep(), document.getSequence());
    }

    private static List<Pairing> pairings(List<ArmPlan> plans, Arm arm) {
        return plans.stream()
                .filter(plan -> plan.arm() == arm)
                .flatMap(plan -> plan.pairings().stream())
                .toList();
    }

    private static long imbalance(List<Pairing> treated, List<Pairing> placebo) {
        var surplus = new TreeMap<Integer, Integer>();
        treated.forEach(pairing -> surplus.merge(pairing.target().tokens(), 1, Integer::sum));
        placebo.forEach(pairing -> surplus.merge(pairing.target().tokens(), -1, Integer::sum));
        return surplus.values().stream().mapToLong(Math::abs).sum();
    }
}
