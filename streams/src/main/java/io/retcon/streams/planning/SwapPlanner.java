package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * Pairs every target with a donor: of exactly its token count where one is left, else of the next
 * longer one; each donor once an arm. Targets choose in document order, or, where some may be left
 * without, in an order drawn by the seed. The placebo changes as many bystanders of the same
 * lengths (of the nearest length where none is left) by the same rule. Nothing depends on the order
 * in which documents arrive.
 */
public final class SwapPlanner {
    private final long seed;
    private final Shortage shortage;

    public SwapPlanner(long seed, Shortage shortage) {
        this.seed = seed;
        this.shortage = requireNonNull(shortage, "shortage is null");
    }

    /**
     * @return a plan for each of {@code arms}, in their order
     * @throws RefusedInput where bystanders run out, or donors do and that is a failure
     */
    public List<ArmPlan> plan(MatchedDocuments matched, List<Arm> arms) {
        var donors = new LengthPool(matched.donors(), seed);
        boolean anyChanges = arms.stream().anyMatch(arm -> arm != Arm.CONTROL);
        var treated = anyChanges ? pair(matched.targets(), donors.refilled()) : List.<Pairing>of();
        return arms.stream().map(arm -> plan(arm, treated, matched, donors)).toList();
    }

    private ArmPlan plan(
            Arm arm, List<Pairing> treated, MatchedDocuments matched, LengthPool donors) {
        return switch (arm) {
            case CONTROL -> new ArmPlan(arm, List.of());
            case TREATED -> new ArmPlan(arm, treated);
            case PLACEBO -> new ArmPlan(arm, pair(placebo(treated, matched), donors.refilled()));
        };
    }

    private List<Target> placebo(List<Pairing> treated, MatchedDocuments matched) {
        if (matched.bystanders().size() < treated.size()) {
            throw new RefusedInput(
                    "the placebo needs %d documents that match no selected item, but the window has %d: leave the placebo out of 'arms' or select fewer items"
                            .formatted(treated.size(), matched.bystanders().size()));
        }
        var pool = new LengthPool(matched.bystanders(), seed);
        var drawn = new ArrayList<DocumentRef>(treated.size());
        for (var pairing : treated) {
            pool.takeNearest(pairing.target().tokens()).ifPresent(drawn::add);
        }
        drawn.sort(DocumentOrder.BY_PLACE);
        return drawn.stream().map(document -> new Target(document, List.of())).toList();
    }

    private List<Pairing> pair(List<Target> targets, LengthPool donors) {
        var pairings = new ArrayList<Pairing>(targets.size());
        for (var target : choosing(targets)) {
            var donor = donors.takeAtLeast(target.tokens());
            if (donor.isPresent()) {
                pairings.add(new Pairing(target, donor.get()));
            } else if (shortage == Shortage.FAIL) {
                throw noDonorLeft(target);
            }
        }
        pairings.sort(Comparator.comparing(p -> p.target().document(), DocumentOrder.BY_PLACE));
        return pairings;
    }

    private List<Target> choosing(List<Target> targets) {
        if (shortage == Shortage.FAIL) {
            return targets;
        }
        var byDocument = new HashMap<DocumentRef, Target>();
        targets.forEach(target -> byDocument.put(target.document(), target));
        var documents = targets.stream().map(Target::document).toList();
        return LengthPool.drawnOrder(documents, seed).stream().map(byDocument::get).toList();
    }

    private static RefusedInput noDonorLeft(Target target) {
        var document = target.document();
        return new RefusedInput(
                "document '%s' (step %d, sequence %d) has %d tokens and no donor as long is left: give a longer donors' window, or say 'shortage: leave'"
                        .formatted(
                                document.getId(),
                                document.getStep(),
                                document.getSequence(),
                                document.getLength()));
    }
}
