package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.KeyValue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plans of an intervention's arms, and where in the run's partitions they belong. */
record PlannedIntervention(
        String intervention, String run, RunManifest manifest, PlannedArms planned, String sha256)
        implements PlanningOutcome {
    /** The step of documents that lie in no history. */
    private static final long OUTSIDE_HISTORY = -1;

    PlannedIntervention {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(run, "run is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(planned, "planned is null");
        requireNonNull(sha256, "sha256 is null");
    }

    PlannedIntervention(
            String intervention, String run, RunManifest manifest, PlannedArms planned) {
        this(intervention, run, manifest, planned, planned.sha256());
    }

    @Override
    public List<KeyValue<String, PlannedChange>> changes() {
        var changes = new ArrayList<KeyValue<String, PlannedChange>>();
        for (var plan : planned.arms()) {
            for (var change : plan.changes()) {
                changes.add(planned(plan.arm(), change));
            }
            for (var closing : closings(plan, PlannedIntervention::source)) {
                changes.add(
                        KeyValue.pair(
                                closing.key,
                                new PlannedChange(
                                        closing.value.partition(),
                                        closing.value.partition(),
                                        closing.value.value())));
            }
        }
        return changes;
    }

    private KeyValue<String, PlannedChange> planned(Arm arm, Change change) {
        var target = change.target().document();
        return KeyValue.pair(
                Keys.join(intervention, arm, Keys.place(target), change.order()),
                new PlannedChange(partition(source(change)), partition(target), plan(arm, change)));
    }

    /** Where the tokens that a change needs are. */
    private static DocumentRef source(Change change) {
        return change.content() instanceof Content.Copied(DocumentRef document)
                ? document
                : change.target().document();
    }

    @Override
    public List<KeyValue<String, Routed<Plan>>> closings() {
        return planned.arms().stream()
                .flatMap(plan -> closings(plan, change -> change.target().document()).stream())
                .toList();
    }

    @Override
    public Progress progress() {
        long changes = planned.arms().stream().mapToLong(plan -> plan.changes().size()).sum();
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("plan")
                .setDone(changes)
                .setTotal(changes)
                .setRate(0)
                .setUnit("documents")
                .setMessage(remarks().isEmpty() ? null : String.join("; ", remarks()))
                .build();
    }

    private List<String> remarks() {
        var remarks = new ArrayList<String>();
        planned.limit().map(DocumentLimit::text).ifPresent(remarks::add);
        if (!planned.droppedItems().isEmpty()) {
            remarks.add(
                    "donors ran out: %d items are left out, whose documents stay as they are (%s)"
                            .formatted(
                                    planned.droppedItems().size(),
                                    planned.droppedItems().stream()
                                            .map(ItemRef::getId)
                                            .collect(Collectors.joining(", "))));
        }
        if (planned.contested() > 0) {
            remarks.add(
                    "%d documents that several factors claim stay as they are"
                            .formatted(planned.contested()));
        }
        for (var arm : planned.arms()) {
            long matching = planned.matchingDonors(arm);
            if (matching > 0) {
                remarks.add(
                        "%s: %d donors match an item of the benchmark"
                                .formatted(arm.arm(), matching));
            }
        }
        long cuts = planned.treatedCuts();
        if (cuts > 0) {
            remarks.add(
                    "%d of the changed documents go on from the sequence before, whose end cuts them: all parts of one are changed together"
                            .formatted(cuts));
        }
        if (planned.left() > 0) {
            remarks.add("%d matched documents stay as they are".formatted(planned.left()));
        }
        return remarks;
    }

    @Override
    public List<Reject> rejects() {
        return List.of();
    }

    /** One closing plan a partition: how many changes have their {@code end} there. */
    private List<KeyValue<String, Routed<Plan>>> closings(
            ArmPlan plan, Function<Change, DocumentRef> end) {
        var byPartition = new ArrayList<List<Change>>();
        for (int p = 0; p < manifest.getPartitions(); p++) {
            byPartition.add(new ArrayList<>());
        }
        for (var change : plan.changes()) {
            byPartition.get(partition(end.apply(change))).add(change);
        }
        var closings = new ArrayList<KeyValue<String, Routed<Plan>>>();
        for (int p = 0; p < byPartition.size(); p++) {
            var changes = byPartition.get(p);
            var closing = new Closing((long) changes.size(), ArmPlan.sha256(changes));
            closings.add(
                    KeyValue.pair(
                            Keys.join(intervention, plan.arm(), "closing", p),
                            new Routed<>(p, plan(plan.arm()).setClosing(closing).build())));
        }
        return closings;
    }

    private Plan plan(Arm arm, Change change) {
        var plan =
                plan(arm)
                        .setOperation(change.operation())
                        .setTarget(change.target().document())
                        .setOrder(change.order())
                        .setItems(change.target().items())
                        .setSubstitutions(change.substitutions())
                        .setLengths(change.lengths().label())
                        .setMasked(change.masked())
                        .setContinued(
                                !change.isInsertion()
                                        && planned.continued().contains(change.target().document()))
                        .setSeparator(manifest.getEos());
        switch (change.content()) {
            case Content.Own() -> {}
            case Content.Nothing() -> {}
            case Content.Answered answered ->
                    plan.setTimeoutSeconds((int) answered.timeout().toSeconds())
                            .setLengths(answered.lengths().label());
            case Content.Copied(DocumentRef document) ->
                    plan.setDonor(document)
                            .setDonorItems(
                                    planned.itemsOfDonors().getOrDefault(document, List.of()));
            case Content.Given given -> {
                plan.setDonor(new DocumentRef(given.id(), OUTSIDE_HISTORY, 0, 0, given.length()));
                plan.setTokens(given.tokens());
            }
        }
        return plan.build();
    }

    private Plan.Builder plan(Arm arm) {
        return Plan.newBuilder()
                .setIntervention(intervention)
                .setRun(run)
                .setArm(arm.label())
                .setItems(List.of())
                .setPlan(sha256);
    }

    private int partition(DocumentRef document) {
        long g = document.getStep() * manifest.getSequencesPerStep() + document.getSequence();
        return (int) (g % manifest.getPartitions());
    }
}
