package io.retcon.streams.selection;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.UnselectedItems;
import io.retcon.schemas.spec.Benchmarks;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Selects an intervention's items once every checkpoint that its rule looks at is scored whole, in
 * whatever order scores, checkpoints and specs arrive; once for each intervention.
 */
final class Selector extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    /** The offset of a record that came before what shows it to be refused. */
    private static final long LONG_AGO = -1;

    private final SpecReader specs = new SpecReader();
    private KeyValueStore<String, Intervention> waiting;
    private KeyValueStore<String, String> settled;
    private KeyValueStore<String, Checkpoint> checkpoints;
    private final Map<String, Checkpoint> announced = new HashMap<>(); // what checkpoints holds
    private Outcomes outcomes;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        waiting = context.getStateStore(SelectionTopology.WAITING);
        settled = context.getStateStore(SelectionTopology.SETTLED);
        checkpoints = context.getStateStore(SelectionTopology.CHECKPOINTS);
        outcomes =
                new Outcomes(
                        context.getStateStore(SelectionTopology.OUTCOMES),
                        context.getStateStore(SelectionTopology.COUNTS));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case null -> takeBack(record.key(), record.timestamp());
            case Intervention intervention -> publish(intervention, record.timestamp());
            case Checkpoint checkpoint when checkpoint.getRetraining().isEmpty() -> {
                checkpoints.put(key(checkpoint.getRun(), checkpoint.getStep()), checkpoint);
                announced.put(key(checkpoint.getRun(), checkpoint.getStep()), checkpoint);
                selectWhatIsReady(record.timestamp());
            }
            case Score score when score.getRetraining().isEmpty() -> {
                long count = outcomes.add(score);
                if (evaluated(score.getRun(), score.getStep(), score.getBenchmark()) == count) {
                    selectWhatIsReady(record.timestamp());
                }
            }
            default -> {}
        }
    }

    /** An intervention that waits is withdrawn, a checkpoint forgotten; what was done stays. */
    private void takeBack(String key, long timestamp) {
        var topic = context().recordMetadata().orElseThrow().topic();
        if (topic.equals(TopicCatalogue.CHECKPOINTS.name())) {
            checkpoints.delete(key);
            announced.remove(key);
        } else if (waiting.delete(key) != null) {
            send(progress(key, 0, "withdrawn: its record was deleted"), timestamp);
        }
    }

    private void publish(Intervention intervention, long timestamp) {
        if (settled.get(intervention.getId()) != null) {
            return;
        }
        try {
            if (specs.readStanding(intervention.getSpec()).isPresent()) {
                settled.put(intervention.getId(), "stands");
                return;
            }
            var spec = specs.read(intervention.getSpec());
            waiting.put(intervention.getId(), intervention);
            if (!selectIfReady(intervention.getId(), spec, timestamp)) {
                send(progress(intervention.getId(), 0, "waiting for scores"), timestamp);
            }
        } catch (RuntimeException | StackOverflowError failure) {
            long offset = context().recordMetadata().orElseThrow().offset();
            refuse(intervention.getId(), FailureCause.reason(failure), offset, timestamp);
        }
    }

    private void refuse(String intervention, String reason, long offset, long timestamp) {
        waiting.delete(intervention);
        settled.put(intervention, "refused");
        send(intervention, reject(intervention, offset, reason), timestamp);
        send(progress(intervention, 0, "refused: " + reason), timestamp);
    }

    private void selectWhatIsReady(long timestamp) {
        var interventions = new ArrayList<Intervention>();
        try (var all = waiting.all()) {
            all.forEachRemaining(entry -> interventions.add(entry.value));
        }
        for (var intervention : interventions) {
            try {
                selectIfReady(intervention.getId(), specs.read(intervention.getSpec()), timestamp);
            } catch (RuntimeException | StackOverflowError failure) {
                var reason = FailureCause.reason(failure);
                refuse(intervention.getId(), reason, LONG_AGO, timestamp);
            }
        }
    }

    private boolean selectIfReady(String intervention, InterventionSpec spec, long timestamp) {
        var pinned = pinned(spec);
        var benchmarks = pinned.map(this::benchmarks).orElse(new TreeMap<>());
        if (benchmarks.isEmpty() || !complete(pinned.get(), benchmarks)) {
            return false;
        }
        var chosen =
                ChosenItems.of(
                        pinned.get(), select -> right(pinned.get(), select, benchmarks.keySet()));
        waiting.delete(intervention);
        settled.put(intervention, "selected");
        send(intervention, selection(intervention, chosen, benchmarks), timestamp);
        var said = progress(intervention, chosen.items().size(), chosen.remark().orElse(null));
        send(said, timestamp);
        return true;
    }

    /** A spec that was published without checkpoints looks at those that are evaluated by now. */
    private Optional<InterventionSpec> pinned(InterventionSpec spec) {
        if (!spec.select().getCheckpoints().isEmpty()) {
            return Optional.of(spec);
        }
        var names = new Benchmarks(spec.select().getBenchmark());
        var steps = new ArrayList<Long>();
        try (var all = checkpoints.all()) {
            all.forEachRemaining(
                    entry -> {
                        var checkpoint = entry.value;
                        if (checkpoint.getRun().equals(spec.run())
                                && checkpoint.getEvaluations().stream()
                                        .anyMatch(e -> names.include(e.getBenchmark()))) {
                            steps.add(checkpoint.getStep());
                        }
                    });
        }
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        var select =
                SelectSpec.newBuilder(spec.select())
                        .setCheckpoints(steps.stream().sorted().toList())
                        .build();
        return Optional.of(InterventionSpec.newBuilder(spec).setSelect(select).build());
    }

    /** Benchmark to the number of its items, where every pinned checkpoint is announced. */
    private TreeMap<String, Integer> benchmarks(InterventionSpec spec) {
        var names = new Benchmarks(spec.select().getBenchmark());
        var benchmarks = new TreeMap<String, Integer>();
        for (long step : spec.select().getCheckpoints()) {
            var checkpoint = checkpoints.get(key(spec.run(), step));
            if (checkpoint == null) {
                return new TreeMap<>();
            }
            checkpoint.getEvaluations().stream()
                    .filter(e -> names.include(e.getBenchmark()))
                    .forEach(e -> benchmarks.merge(e.getBenchmark(), e.getItems(), Math::max));
        }
        return benchmarks;
    }

    private boolean complete(InterventionSpec spec, TreeMap<String, Integer> benchmarks) {
        for (long step : spec.select().getCheckpoints()) {
            for (var benchmark : benchmarks.keySet()) {
                long expected = evaluated(spec.run(), step, benchmark);
                if (expected < 0 || outcomes.count(spec.run(), benchmark, step) < expected) {
                    return false;
                }
            }
        }
        return true;
    }

    private Selection selection(
            String intervention, ChosenItems chosen, TreeMap<String, Integer> benchmarks) {
        var selection =
                Selection.newBuilder()
                        .setIntervention(intervention)
                        .setSpec(new SpecText(chosen.spec()).yaml())
                        .setItems(chosen.items())
                        .setBenchmarkItems(benchmarks)
                        .setFactors(chosen.factors())
                        .setUnselected(unselected(chosen, benchmarks.keySet()))
                        .build();
        return Selection.newBuilder(selection)
                .setNoise(noise(selection, benchmarks.keySet()).of())
                .build();
    }

    /**
     * Whatever the subset is that could be selected, the others of the benchmarks are unselected.
     */
    private List<UnselectedItems> unselected(ChosenItems chosen, Set<String> benchmarks) {
        var spec = chosen.spec();
        var whole = SelectSpec.newBuilder(spec.select()).setSubset(List.of()).build();
        return KnownItems.of(spec, chosen.items(), right(spec, whole, benchmarks));
    }

    private SortedMap<ItemRef, SortedMap<Long, Boolean>> right(
            InterventionSpec spec, SelectSpec select, Set<String> benchmarks) {
        var subset = new Subset(select.getSubset());
        var right = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        forEach(
                spec,
                benchmarks,
                (item, step, outcome) -> {
                    if (subset.includes(item, outcome.relation())) {
                        var ofItem = right.computeIfAbsent(item, first -> new TreeMap<>());
                        outcome.isRight(select.getMetric()).ifPresent(is -> ofItem.put(step, is));
                    }
                });
        return right;
    }

    private RunNoise noise(Selection selection, Set<String> benchmarks) {
        var noise = new RunNoise(Specs.of(selection));
        var selected = new HashSet<>(selection.getItems());
        forEach(
                Specs.of(selection),
                benchmarks,
                (item, step, outcome) ->
                        noise.add(item.getBenchmark(), selected.contains(item), step, outcome));
        return noise;
    }

    private void forEach(InterventionSpec spec, Set<String> benchmarks, Outcomes.Sink sink) {
        for (var benchmark : benchmarks) {
            outcomes.forEach(spec.run(), benchmark, spec.select().getCheckpoints(), sink);
        }
    }

    /** Items scored at the checkpoint, as it was announced; -1 where it was not. */
    private long evaluated(String run, long step, String benchmark) {
        var checkpoint = announced.computeIfAbsent(key(run, step), checkpoints::get);
        return checkpoint == null
                ? -1
                : checkpoint.getEvaluations().stream()
                        .filter(e -> e.getBenchmark().equals(benchmark))
                        .mapToLong(Evaluation::getItems)
                        .findFirst()
                        .orElse(-1);
    }

    private static String key(String run, long step) {
        return Keys.join(run, step);
    }

    private void send(Progress progress, long timestamp) {
        send(Keys.progress(progress), progress, timestamp);
    }

    private void send(String key, SpecificRecord value, long timestamp) {
        context().forward(new Record<>(key, value, timestamp));
    }

    private static Progress progress(String intervention, int items, String message) {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("select")
                .setDone(items)
                .setTotal(items)
                .setRate(0)
                .setUnit("items")
                .setMessage(message)
                .build();
    }

    private Reject reject(String intervention, long offset, String reason) {
        return Reject.newBuilder()
                .setTopic(TopicCatalogue.INTERVENTIONS.name())
                .setPartition(context().taskId().partition())
                .setOffset(offset)
                .setKey(intervention)
                .setReason(reason)
                .build();
    }
}
