package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.time.Duration;

/**
 * Plans an intervention once its selection, its run's manifest and all its matches are there, in
 * whatever order they came.
 */
final class Planner extends ContextualProcessor<String, SpecificRecord, String, PlanningOutcome> {
    private static final Duration SWEEP_EVERY = Duration.ofMillis(50);
    private static final int SWEPT_AT_ONCE = 20_000;

    private KeyValueStore<String, Selection> selections;
    private KeyValueStore<String, Manifest> manifests;
    private WaitingMatches matches;

    @Override
    public void init(ProcessorContext<String, PlanningOutcome> context) {
        super.init(context);
        selections = context.getStateStore(PlanningTopology.SELECTED);
        manifests = context.getStateStore(PlanningTopology.RUNS);
        matches =
                new WaitingMatches(
                        context.getStateStore(PlanningTopology.WAITING),
                        context.getStateStore(PlanningTopology.ARRIVED));
        context.schedule(
                SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> matches.sweep(SWEPT_AT_ONCE));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case Selection selection -> {
                selections.put(selection.getIntervention(), selection);
                planIfReady(selection.getIntervention(), record.timestamp());
            }
            case Manifest manifest when manifest.getAbout() instanceof RunManifest -> {
                manifests.put(manifest.getRun(), manifest);
                matches.complete()
                        .forEach(intervention -> planIfReady(intervention, record.timestamp()));
            }
            case Match match -> {
                matches.add(match);
                planIfReady(match.getIntervention(), record.timestamp());
            }
            case null, default -> {}
        }
    }

    private void planIfReady(String intervention, long timestamp) {
        var selection = selections.get(intervention);
        if (selection == null || !matches.complete(intervention)) {
            return;
        }
        var manifest = manifests.get(selection.getSpec().getRun());
        if (manifest == null) {
            return;
        }
        var outcome = plan(selection, (RunManifest) manifest.getAbout());
        matches.planned(intervention);
        selections.delete(intervention);
        context().forward(new Record<>(intervention, outcome, timestamp));
    }

    private PlanningOutcome plan(Selection selection, RunManifest manifest) {
        var spec = selection.getSpec();
        var intervention = selection.getIntervention();
        try {
            var arms = spec.getArms().stream().map(Arm::named).toList();
            var plans = new SwapPlanner(spec.getSeed()).plan(matches.documents(intervention), arms);
            return new PlannedIntervention(intervention, spec.getRun(), manifest, plans);
        } catch (RefusedInput refusal) {
            return new RefusedPlan(intervention, reject(intervention, refusal.getMessage()));
        }
    }

    private Reject reject(String intervention, String reason) {
        var origin = context().recordMetadata().orElseThrow();
        return Reject.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setKey(intervention)
                .setReason(reason)
                .build();
    }
}
