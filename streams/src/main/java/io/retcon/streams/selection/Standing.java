package io.retcon.streams.selection;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.spec.Benchmarks;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.StandingSpec;
import io.retcon.schemas.topic.Keys;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Publishes an intervention of every standing spec for each new checkpoint of its run, once, until
 * its budget is spent. A checkpoint counts when it is scored on all benchmarks that the spec is
 * about; one that comes late, behind a newer one, or again sets nothing off.
 */
final class Standing extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    private final SpecReader specs = new SpecReader();
    private KeyValueStore<String, Intervention> templates;
    private KeyValueStore<String, Checkpoint> checkpoints;
    private KeyValueStore<String, Fired> fired;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        templates = context.getStateStore(SelectionTopology.TEMPLATES);
        checkpoints = context.getStateStore(SelectionTopology.CHECKPOINTS);
        fired = context.getStateStore(SelectionTopology.FIRED);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case null -> templates.delete(record.key());
            case Intervention intervention when templates.get(intervention.getId()) == null ->
                    stand(intervention, record.timestamp());
            case Checkpoint checkpoint when checkpoint.getRetraining().isEmpty() -> {
                var known = checkpoints(checkpoint.getRun());
                known.put(checkpoint.getStep(), checkpoint);
                for (var template : templates()) {
                    var spec = specs.readStanding(template.getSpec()).orElseThrow();
                    if (spec.run().equals(checkpoint.getRun())) {
                        meetOrSay(template, spec, checkpoint.getStep(), known, record.timestamp());
                    }
                }
            }
            default -> {}
        }
    }

    /** What is refused here, the selector refuses aloud. */
    private void stand(Intervention template, long timestamp) {
        try {
            var spec = specs.readStanding(template.getSpec());
            if (spec.isPresent()) {
                templates.put(template.getId(), template);
                say(template, spec.get(), new Fired(spec.get().after(), 0), "", timestamp);
                var known = checkpoints(spec.get().run());
                for (long step : List.copyOf(known.keySet())) {
                    meetOrSay(template, spec.get(), step, known, timestamp);
                }
            }
        } catch (RuntimeException | StackOverflowError failure) {
            FailureCause.reason(failure);
        }
    }

    /** A checkpoint of which no intervention can be made is passed over aloud. */
    private void meetOrSay(
            Intervention template,
            StandingSpec spec,
            long step,
            TreeMap<Long, Checkpoint> known,
            long timestamp) {
        try {
            meet(template, spec, step, known, timestamp);
        } catch (RuntimeException failure) {
            var reason = FailureCause.reason(failure);
            var soFar = fired.get(template.getId());
            var passed = "checkpoint %d is passed over: %s".formatted(step, reason);
            say(template, spec, new Fired(step, soFar.retrainings()), passed, timestamp);
        }
    }

    private void meet(
            Intervention template,
            StandingSpec spec,
            long step,
            TreeMap<Long, Checkpoint> known,
            long timestamp) {
        var soFar = fired.get(template.getId());
        var scored = scored(spec, known.headMap(step, true));
        if (step <= soFar.step() || !scored.contains(step)) {
            return;
        }
        var before = scored.lower(step);
        Long from = before == null ? null : known.lowerKey(before);
        if (from == null) {
            var few = "checkpoint %d has fewer than two before it".formatted(step);
            say(template, spec, new Fired(step, soFar.retrainings()), few, timestamp);
            return;
        }
        long spent = soFar.retrainings() + spec.retrainings();
        if (spent > spec.budget()) {
            var left = "the budget is spent: checkpoint %d is left out".formatted(step);
            say(template, spec, new Fired(step, soFar.retrainings()), left, timestamp);
            return;
        }
        var text =
                new SpecText(
                        spec.at(new StandingSpec.Place(from, before, step, List.copyOf(scored))));
        var intervention = new Intervention(text.id(), text.spec().name(), text.yaml());
        context().forward(new Record<>(intervention.getId(), intervention, timestamp));
        var made = "checkpoint %d: intervention %s".formatted(step, intervention.getId());
        say(template, spec, new Fired(step, spent), made, timestamp);
    }

    /** The checkpoints that were scored on all benchmarks of the spec that any of them was. */
    private static TreeSet<Long> scored(StandingSpec spec, Map<Long, Checkpoint> known) {
        var names = new Benchmarks(spec.benchmark());
        var all =
                known.values().stream()
                        .flatMap(checkpoint -> benchmarks(checkpoint).stream())
                        .filter(names::include)
                        .collect(Collectors.toSet());
        return known.values().stream()
                .filter(checkpoint -> !all.isEmpty() && benchmarks(checkpoint).containsAll(all))
                .map(Checkpoint::getStep)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> benchmarks(Checkpoint checkpoint) {
        return checkpoint.getEvaluations().stream()
                .map(Evaluation::getBenchmark)
                .collect(Collectors.toSet());
    }

    private Collection<Intervention> templates() {
        var found = new ArrayList<Intervention>();
        try (var all = templates.all()) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private TreeMap<Long, Checkpoint> checkpoints(String run) {
        var known = new TreeMap<Long, Checkpoint>();
        try (var all = checkpoints.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value.getRun().equals(run)) {
                            known.put(entry.value.getStep(), entry.value);
                        }
                    });
        }
        return known;
    }

    private void say(
            Intervention template, StandingSpec spec, Fired now, String message, long timestamp) {
        fired.put(template.getId(), now);
        var progress =
                Progress.newBuilder()
                        .setIntervention(template.getId())
                        .setStage("stand")
                        .setDone(now.retrainings())
                        .setTotal(spec.budget())
                        .setRate(0)
                        .setUnit("retrainings")
                        .setMessage(message.isEmpty() ? "waiting for checkpoints" : message)
                        .build();
        context().forward(new Record<>(Keys.progress(progress), progress, timestamp));
    }
}
