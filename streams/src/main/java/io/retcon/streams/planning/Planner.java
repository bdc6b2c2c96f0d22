package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.PackedStore;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Plans an intervention once its selection, its run's manifest and all its matches are there, in
 * whatever order they came. Millions of matches take seconds to plan, so what has come is committed
 * first: the plan starts a transaction of its own with its first result.
 */
final class Planner extends ContextualProcessor<String, SpecificRecord, String, PlanningOutcome> {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SWEPT_AT_ONCE = 20_000;

    private final Tokenizers tokenizers;
    private final Serde<Match> values;
    private final int partitions;
    private final TreeSet<String> complete = new TreeSet<>();
    private KeyValueStore<String, WaitingSelection> selections;
    private KeyValueStore<String, Manifest> manifests;
    private KeyValueStore<String, Item> items;
    private WaitingMatches matches;

    /**
     * @param partitions that plans can be sent to
     */
    Planner(Tokenizers tokenizers, Serde<Match> values, int partitions) {
        this.partitions = partitions;
        this.tokenizers = requireNonNull(tokenizers, "tokenizers is null");
        this.values = requireNonNull(values, "values is null");
    }

    @Override
    public void init(ProcessorContext<String, PlanningOutcome> context) {
        super.init(context);
        selections = context.getStateStore(PlanningTopology.SELECTED);
        manifests = context.getStateStore(PlanningTopology.RUNS);
        items = context.getStateStore(PlanningTopology.QUESTIONS);
        matches =
                new WaitingMatches(
                        new PackedStore<>(context.getStateStore(PlanningTopology.WAITING), values),
                        context.getStateStore(PlanningTopology.ARRIVED));
        complete.addAll(matches.complete());
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::advance);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case null -> takeBack(record.key());
            case Selection selection -> {
                var origin = context().recordMetadata().orElseThrow();
                selections.put(
                        selection.getIntervention(),
                        new WaitingSelection(origin.partition(), origin.offset(), selection));
            }
            case Manifest manifest when manifest.getAbout() instanceof RunManifest ->
                    manifests.put(manifest.getRun(), manifest);
            case Item item -> items.put(Keys.item(item.getBenchmark(), item.getId()), item);
            case Match match -> {
                matches.add(match);
                if (matches.complete(match.getIntervention())) {
                    complete.add(match.getIntervention());
                    context().commit();
                }
            }
            default -> {}
        }
    }

    /** What was planned by it stays. */
    private void takeBack(String key) {
        var topic = context().recordMetadata().orElseThrow().topic();
        if (topic.equals(TopicCatalogue.SELECTIONS.name())) {
            selections.delete(key);
        } else if (topic.equals(TopicCatalogue.MANIFESTS.name())) {
            manifests.delete(key);
        } else {
            items.delete(key);
        }
    }

    private void advance(long now) {
        for (var intervention : complete) {
            var waiting = selections.get(intervention);
            var manifest =
                    waiting == null ? null : manifests.get(Specs.of(waiting.selection()).run());
            if (manifest == null) {
                continue;
            }
            var found = matches.documents(intervention);
            var known = items(waiting.selection(), found).orElse(null);
            if (known != null) {
                var outcome = plan(waiting, (RunManifest) manifest.getAbout(), found, known);
                matches.planned(intervention);
                selections.delete(intervention);
                complete.remove(intervention);
                context().forward(new Record<>(intervention, outcome, now));
                return;
            }
        }
        matches.sweep(SWEPT_AT_ONCE);
    }

    /** What items say, where the plan asks for it; empty until all are there. */
    private Optional<Map<ItemRef, Item>> items(Selection selection, MatchedDocuments found) {
        var known = new HashMap<ItemRef, Item>();
        for (var ref : InterventionPlanner.readItems(selection, found)) {
            var item = items.get(Keys.item(ref));
            if (item == null) {
                return Optional.empty();
            }
            known.put(ref, item);
        }
        return Optional.of(known);
    }

    private PlanningOutcome plan(
            WaitingSelection waiting,
            RunManifest manifest,
            MatchedDocuments found,
            Map<ItemRef, Item> known) {
        var spec = Specs.of(waiting.selection());
        var intervention = waiting.selection().getIntervention();
        try {
            requirePartitions(spec.run(), manifest);
            var planner =
                    new InterventionPlanner(
                            waiting.selection(), manifest, known, () -> tokenizers.of(spec.run()));
            var planned = planner.plan(found);
            return new PlannedIntervention(intervention, spec.run(), manifest, planned);
        } catch (RuntimeException | StackOverflowError failure) {
            var reason = FailureCause.reason(failure);
            return new RefusedPlan(intervention, waiting.refused(reason));
        }
    }

    private void requirePartitions(String run, RunManifest manifest) {
        if (manifest.getPartitions() > partitions) {
            throw new RefusedInput(
                    "the manifest of run '%s' says that its history lies in %d partitions, and the topics have %d: publish the one that its import wrote"
                            .formatted(run, manifest.getPartitions(), partitions));
        }
    }
}
