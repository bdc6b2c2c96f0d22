package io.retcon.deploy.dashboard.drill;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each arm's plan does, so that arms can be held against each other. */
public final class PlanBalance {
    /**
     * One arm.
     *
     * @param documents that are changed
     * @param tokens that they have
     * @param brought tokens that come in their places
     * @param meanStep where in the history they lie, on average
     * @param steps how many steps have one of them
     */
    public record OfArm(
            String arm, long documents, long tokens, long brought, double meanStep, int steps) {}

    /** One arm while it is read. */
    private static final class Draft {
        private final Set<Long> steps = new HashSet<>();
        private long documents;
        private long tokens;
        private long brought;
        private double stepSum;
    }

    private final SortedMap<String, Draft> arms = new TreeMap<>();

    private PlanBalance() {}

    /** Every arm that changes something. */
    static List<OfArm> read(Cluster cluster, String intervention) {
        var balance = new PlanBalance();
        TopicTable.scan(
                cluster,
                TopicCatalogue.PLANS,
                (key, plan) -> {
                    if (plan != null && plan.getIntervention().equals(intervention)) {
                        balance.add(plan);
                    }
                });
        return balance.result();
    }

    private void add(Plan plan) {
        if (plan.getTarget().isEmpty()) {
            return;
        }
        var target = plan.getTarget().get();
        var arm = arms.computeIfAbsent(plan.getArm(), fresh -> new Draft());
        arm.documents++;
        arm.tokens += target.getLength();
        arm.brought += plan.getDonor().map(donor -> (long) donor.getLength()).orElse(0L);
        arm.stepSum += target.getStep();
        arm.steps.add(target.getStep());
    }

    private List<OfArm> result() {
        var rows = new ArrayList<OfArm>();
        arms.forEach(
                (arm, draft) ->
                        rows.add(
                                new OfArm(
                                        arm,
                                        draft.documents,
                                        draft.tokens,
                                        draft.brought,
                                        draft.stepSum / draft.documents,
                                        draft.steps.size())));
        return rows;
    }
}
