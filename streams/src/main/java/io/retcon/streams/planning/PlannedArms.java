package io.retcon.streams.planning;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.Arm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done in every arm.
 *
 * @param arms in the spec's order
 * @param matched documents that match and could be changed
 * @param droppedItems items that were left out because donors ran out
 * @param contested matched documents that stay as they are because several factors claim them
 * @param limit how many documents the spec asks for, where it says so
 * @param itemsOfDonors donors that match an item of the benchmark, and these items
 * @param continued documents of the window that go on from the sequence before, whose end cut them
 */
public record PlannedArms(
        List<ArmPlan> arms,
        int matched,
        List<ItemRef> droppedItems,
        int contested,
        Optional<DocumentLimit> limit,
        Map<DocumentRef, List<ItemRef>> itemsOfDonors,
        Set<DocumentRef> continued) {
    public PlannedArms {
        arms = List.copyOf(arms);
        droppedItems = List.copyOf(droppedItems);
        itemsOfDonors = Map.copyOf(itemsOfDonors);
        continued = Set.copyOf(continued);
    }

    PlannedArms(List<ArmPlan> arms, int matched, List<ItemRef> droppedItems) {
        this(arms, matched, droppedItems, 0, Optional.empty(), Map.of(), Set.of());
    }

    /** What the treated arm changes, or any row of a factorial design. */
    ArmPlan treated() {
        return arms.stream()
                .filter(plan -> plan.arm().equals(Arm.TREATED))
                .findFirst()
                .orElseGet(this::anyRow);
    }

    private ArmPlan anyRow() {
        var changing =
                arms.stream().filter(PlannedArms::isRow).flatMap(plan -> plan.changes().stream());
        return new ArmPlan(Arm.TREATED, changing.distinct().toList());
    }

    private static boolean isRow(ArmPlan plan) {
        return plan.arm().kind() == Arm.Kind.ROW;
    }

    PlannedArms with(DocumentLimit asked) {
        return new PlannedArms(
                arms,
                matched,
                droppedItems,
                contested,
                Optional.of(asked),
                itemsOfDonors,
                continued);
    }

    PlannedArms knowing(Map<DocumentRef, List<ItemRef>> ofDonors, Set<DocumentRef> goingOn) {
        return new PlannedArms(arms, matched, droppedItems, contested, limit, ofDonors, goingOn);
    }

    /** Changes of an arm to documents that go on from the sequence before. */
    public long cuts(ArmPlan arm) {
        return arm.ofDocuments().stream()
                .filter(change -> continued.contains(change.target().document()))
                .count();
    }

    /** The same of what the treated arm changes, or any row of a factorial design. */
    public long treatedCuts() {
        return cuts(treated());
    }

    /** Donors of an arm that match an item of the benchmark, and so may teach it. */
    public long matchingDonors(ArmPlan arm) {
        return arm.changes().stream()
                .flatMap(change -> change.donor().stream())
                .filter(itemsOfDonors::containsKey)
                .count();
    }

    /** Matched documents that stay as they are, because donors ran out. */
    public int left() {
        boolean treats = arms.stream().anyMatch(p -> p.arm().equals(Arm.TREATED) || isRow(p));
        return treats ? Math.max(matched - treated().ofDocuments().size(), 0) : 0;
    }

    /** SHA-256 (hexadecimal) over the plans of all arms, in order: the plan's name. */
    public String sha256() {
        var sha = new Sha256();
        arms.forEach(plan -> sha.update(plan.arm().label()).update(plan.sha256()));
        return sha.hex();
    }
}
