package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.planning.Change;
import io.retcon.streams.planning.PlannedArms;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which other interventions, planned before, change the same documents. */
final class OverlappingPlans {
    private final Cluster cluster;
    private final String intervention;

    OverlappingPlans(Cluster cluster, String intervention) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.intervention = requireNonNull(intervention, "intervention is null");
    }

    /** Intervention to how many documents both treated arms change; only those that share some. */
    Map<String, Integer> count(String run, PlannedArms planned) {
        Set<String> ours = new HashSet<>();
        planned.arms().stream()
                .filter(plan -> plan.arm().equals(Arm.TREATED))
                .flatMap(plan -> plan.changes().stream())
                .filter(change -> change.order() == 0)
                .map(Change::target)
                .forEach(target -> ours.add(Keys.place(target.document())));
        var shared = new TreeMap<String, Integer>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.PLANS,
                (key, plan) -> {
                    if (isOther(plan, run) && ours.contains(place(plan))) {
                        shared.merge(plan.getIntervention(), 1, Integer::sum);
                    }
                });
        return shared;
    }

    private boolean isOther(Plan plan, String run) {
        return !plan.getIntervention().equals(intervention)
                && plan.getRun().equals(run)
                && plan.getArm().equals(Arm.TREATED.label())
                && plan.getTarget().isPresent()
                && plan.getOrder() == 0;
    }

    private static String place(Plan plan) {
        return Keys.place(plan.getTarget().orElseThrow());
    }
}
