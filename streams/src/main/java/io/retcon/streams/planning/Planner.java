package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.time.Duration;
import java.util.TreeSet;

/**
 * Plans an intervention once its selection, its run's manifest and all its matches are there, in
 * whatever order they came. Millions of matches take seconds to plan, so what has come is committed
 * first: the plan starts a transaction of its own with its first result.
 */
final class Planner extends ContextualProcessor<String, SpecificRecord, String, PlanningOutcome> {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SWEPT_AT_ONCE = 20_000;

    private final TreeSet<String> complete = new TreeSet<>();
    private KeyValueStore<String, WaitingSelection> selections;
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
        complete.addAll(matches.complete());
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::advance);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case Selection selection -> {
                var origin = context().recordMetadata().orElseThrow();
                selections.put(
                        selection.getIntervention(),
                        new WaitingSelection(origin.partition(), origin.offset(), selection));
            }
            case Manifest manifest when manifest.getAbout() instanceof RunManifest ->
                    manifests.put(manifest.getRun(), manifest);
            case Match match -> {
                matches.add(match);
                if (matches.complete(match.getIntervention())) {
                    complete.add(match.getIntervention());
                    context().commit();
                }
            }
            case null, default -> {}
        }
    }

    private void advance(long now) {
        for (var intervention : complete) {
            var waiting = selections.get(intervention);
            var manifest =
                    waiting == null ? null : manifests.get(waiting.selection().getSpec().getRun());
            if (manifest != null) {
                var outcome = plan(waiting, (RunManifest) manifest.getAbout());
                matches.planned(intervention);
                selections.delete(intervention);
                complete.remove(intervention);
                context().forward(new Record<>(intervention, outcome, now));
                return;
            }
        }
        matches.sweep(SWEPT_AT_ONCE);
    }

    private PlanningOutcome plan(WaitingSelection waiting, RunManifest manifest) {
        var spec = waiting.selection().getSpec();
        var intervention = waiting.selection().getIntervention();
        try {
            var arms = spec.getArms().stream().map(Arm::named).toList();
            var matched = matches.documents(intervention);
            var shortage = Shortage.of(spec.getOperate());
            var plans = new SwapPlanner(spec.getSeed(), shortage).plan(matched, arms);
            int left =
                    arms.contains(Arm.TREATED)
                            ? matched.targets().size() - PlanSummary.of(plans).targets()
                            : 0;
            return new PlannedIntervention(intervention, spec.getRun(), manifest, plans, left);
        } catch (RefusedInput refusal) {
            return new RefusedPlan(intervention, waiting.refused(refusal));
        }
    }
}
