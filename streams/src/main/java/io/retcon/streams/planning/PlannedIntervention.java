package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.KeyValue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The plans of an intervention's arms, and where in the run's partitions they belong.
 *
 * @param left matched documents that stay as they are, because donors ran out
 */
record PlannedIntervention(
        String intervention, String run, RunManifest manifest, List<ArmPlan> plans, int left)
        implements PlanningOutcome {
    PlannedIntervention {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(run, "run is null");
        requireNonNull(manifest, "manifest is null");
        plans = List.copyOf(plans);
    }

    @Override
    public List<KeyValue<String, PlannedSwap>> swaps() {
        var swaps = new ArrayList<KeyValue<String, PlannedSwap>>();
        for (var plan : plans) {
            for (var pairing : plan.pairings()) {
                var target = pairing.target().document();
                swaps.add(
                        KeyValue.pair(
                                Keys.join(intervention, plan.arm(), Keys.place(target)),
                                new PlannedSwap(
                                        partition(pairing.donor()),
                                        partition(target),
                                        swap(plan.arm(), pairing))));
            }
            for (var closing : closings(plan, Pairing::donor)) {
                swaps.add(
                        KeyValue.pair(
                                closing.key,
                                new PlannedSwap(
                                        closing.value.partition(),
                                        closing.value.partition(),
                                        closing.value.value())));
            }
        }
        return swaps;
    }

    @Override
    public List<KeyValue<String, Routed<Plan>>> closings() {
        return plans.stream()
                .flatMap(plan -> closings(plan, pairing -> pairing.target().document()).stream())
                .toList();
    }

    @Override
    public Progress progress() {
        long documents = plans.stream().mapToLong(plan -> plan.pairings().size()).sum();
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("plan")
                .setDone(documents)
                .setTotal(documents)
                .setRate(0)
                .setUnit("documents")
                .setMessage(
                        left == 0
                                ? null
                                : "%d matched documents stay as they are: donors ran out"
                                        .formatted(left))
                .build();
    }

    @Override
    public List<Reject> rejects() {
        return List.of();
    }

    /** One closing plan a partition: how many pairings have their {@code end} there. */
    private List<KeyValue<String, Routed<Plan>>> closings(
            ArmPlan plan, Function<Pairing, DocumentRef> end) {
        var byPartition = new ArrayList<List<Pairing>>();
        for (int p = 0; p < manifest.getPartitions(); p++) {
            byPartition.add(new ArrayList<>());
        }
        for (var pairing : plan.pairings()) {
            byPartition.get(partition(end.apply(pairing))).add(pairing);
        }
        var closings = new ArrayList<KeyValue<String, Routed<Plan>>>();
        for (int p = 0; p < byPartition.size(); p++) {
            var pairings = byPartition.get(p);
            var closing = new Closing((long) pairings.size(), ArmPlan.sha256(pairings));
            closings.add(
                    KeyValue.pair(
                            Keys.join(intervention, plan.arm(), "closing", p),
                            new Routed<>(p, plan(plan.arm()).setClosing(closing).build())));
        }
        return closings;
    }

    private Plan swap(Arm arm, Pairing pairing) {
        return plan(arm)
                .setOperation(Operation.SWAP)
                .setTarget(pairing.target().document())
                .setItems(pairing.target().items())
                .setDonor(pairing.donor())
                .build();
    }

    private Plan.Builder plan(Arm arm) {
        return Plan.newBuilder()
                .setIntervention(intervention)
                .setRun(run)
                .setArm(arm.label())
                .setItems(List.of());
    }

    private int partition(DocumentRef document) {
        long g = document.getStep() * manifest.getSequencesPerStep() + document.getSequence();
        return (int) (g % manifest.getPartitions());
    }
}
