package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs every target with a donor: of exactly its token count where one is left, else of the next
 * longer one; each donor once an arm. Targets choose in document order. The placebo changes as many
 * bystanders of the same lengths (of the nearest length where none is left) by the same rule.
 * Nothing depends on the order in which documents arrive.
 */
public final class SwapPlanner {
    private final long seed;

    public SwapPlanner(long seed) {
        this.seed = seed;
    }

    /**
     * @return a plan for each of {@code arms}, in their order
     * @throws RefusedInput where donors or bystanders run out
     */
    public List<ArmPlan> plan(MatchedDocuments matched, List<Arm> arms) {
        var donors = new LengthPool(matched.donors(), seed);
        return arms.stream()
                .map(arm -> new ArmPlan(arm, pair(changed(arm, matched), donors.refilled())))
                .toList();
    }

    private List<Target> changed(Arm arm, MatchedDocuments matched) {
        return switch (arm) {
            case CONTROL -> List.of();
            case TREATED -> matched.targets();
            case PLACEBO -> placebo(matched);
        };
    }

    private List<Target> placebo(MatchedDocuments matched) {
        if (matched.bystanders().size() < matched.targets().size()) {
            throw new RefusedInput(
                    "the placebo needs %d documents that match no selected item, but the window has %d: leave the placebo out of 'arms' or select fewer items"
                            .formatted(matched.targets().size(), matched.bystanders().size()));
        }
        var pool = new LengthPool(matched.bystanders(), seed);
        var drawn = new ArrayList<DocumentRef>(matched.targets().size());
        for (var target : matched.targets()) {
            pool.takeNearest(target.tokens()).ifPresent(drawn::add);
        }
        drawn.sort(DocumentOrder.BY_PLACE);
        return drawn.stream().map(document -> new Target(document, List.of())).toList();
    }

    private static List<Pairing> pair(List<Target> targets, LengthPool donors) {
        var pairings = new ArrayList<Pairing>(targets.size());
        for (var target : targets) {
            var donor = donors.takeAtLeast(target.tokens()).orElseThrow(() -> noDonorLeft(target));
            pairings.add(new Pairing(target, donor));
        }
        return pairings;
    }

    private static RefusedInput noDonorLeft(Target target) {
        var document = target.document();
        return new RefusedInput(
                "document '%s' (step %d, sequence %d) has %d tokens and no donor as long is left: give a longer donors' window"
                        .formatted(
                                document.getId(),
                                document.getStep(),
                                document.getSequence(),
                                document.getLength()));
    }
}
