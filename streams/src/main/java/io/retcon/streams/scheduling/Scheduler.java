package io.retcon.streams.scheduling;

import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.planning.SplitMix64;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;

/**
 * Publishes an arm's retrainings, once, when all partitions of its overlay are closed and its
 * selection and its run's manifest are there, in whatever order they came; a control that is
 * trained already is published when it can be taken over.
 */
final class Scheduler extends ContextualProcessor<String, Object, String, Retraining> {
    private KeyValueStore<String, Selection> selections;
    private KeyValueStore<String, Manifest> manifests;
    private KeyValueStore<Bytes, ClosedPartition> closed;
    private KeyValueStore<Bytes, Long> scheduled;
    private SharedControls controls;

    @Override
    public void init(ProcessorContext<String, Retraining> context) {
        super.init(context);
        selections = context.getStateStore(SchedulingTopology.SELECTED);
        manifests = context.getStateStore(SchedulingTopology.RUNS);
        closed = context.getStateStore(SchedulingTopology.CLOSED);
        scheduled = context.getStateStore(SchedulingTopology.SCHEDULED);
        controls =
                new SharedControls(
                        context.getStateStore(SchedulingTopology.CONTROLS),
                        context.getStateStore(SchedulingTopology.WAITING));
    }

    @Override
    public void process(Record<String, Object> record) {
        switch (record.value()) {
            case Selection selection -> {
                selections.put(selection.getIntervention(), selection);
                scheduleArms(selection, record.timestamp());
            }
            case Manifest manifest when manifest.getAbout() instanceof RunManifest -> {
                manifests.put(manifest.getRun(), manifest);
                of(manifest.getRun()).forEach(waiting -> scheduleArms(waiting, record.timestamp()));
            }
            case ClosedPartition partition -> {
                closed.put(key(partition), partition);
                var selection = selections.get(partition.intervention());
                if (selection != null) {
                    scheduleIfClosed(selection, partition.arm(), record.timestamp());
                }
            }
            case Retraining finished -> send(controls.finished(finished), record.timestamp());
            case null -> takeBack(record.key());
            default -> {}
        }
    }

    /** What was scheduled by it stays. */
    private void takeBack(String key) {
        var topic = context().recordMetadata().orElseThrow().topic();
        if (topic.equals(TopicCatalogue.SELECTIONS.name())) {
            selections.delete(key);
        } else {
            manifests.delete(key);
        }
    }

    private void send(List<Retraining> retrainings, long timestamp) {
        for (var retraining : retrainings) {
            context()
                    .forward(
                            new Record<>(
                                    Keys.retraining(retraining.getId()), retraining, timestamp));
        }
    }

    private List<Selection> of(String run) {
        var found = new ArrayList<Selection>();
        try (var all = selections.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (Specs.of(entry.value).run().equals(run)) {
                            found.add(entry.value);
                        }
                    });
        }
        return found;
    }

    private void scheduleArms(Selection selection, long timestamp) {
        Specs.of(selection).arms().forEach(arm -> scheduleIfClosed(selection, arm, timestamp));
    }

    private void scheduleIfClosed(Selection selection, String arm, long timestamp) {
        var group = StoreKey.group(selection.getIntervention(), arm);
        var manifest = manifests.get(Specs.of(selection).run());
        if (manifest == null || scheduled.get(group) != null) {
            return;
        }
        var partitions = closed(group);
        if (partitions.size() < ((RunManifest) manifest.getAbout()).getPartitions()) {
            return;
        }
        int replicates = Specs.of(selection).retrain().getReplicates();
        for (int replicate = 0; replicate < replicates; replicate++) {
            send(controls.add(retraining(selection, arm, replicate, partitions)), timestamp);
        }
        scheduled.put(group, (long) replicates);
        partitions.forEach(partition -> closed.delete(key(partition)));
    }

    private List<ClosedPartition> closed(Bytes group) {
        var partitions = new ArrayList<ClosedPartition>();
        try (var range = closed.range(group, Bytes.increment(group))) {
            range.forEachRemaining(entry -> partitions.add(entry.value));
        }
        return partitions;
    }

    private static Retraining retraining(
            Selection selection, String arm, int replicate, List<ClosedPartition> partitions) {
        var spec = Specs.of(selection);
        return Retraining.newBuilder()
                .setId(new RetrainingId(selection.getIntervention(), arm, replicate))
                .setRun(spec.run())
                .setWindow(spec.window())
                .setRetrain(spec.retrain())
                .setMetrics(spec.metrics())
                .setSeed(SplitMix64.output(spec.seed(), place(spec, arm, replicate)))
                .setBenchmarks(selection.getBenchmarkItems().keySet().stream().sorted().toList())
                .setDocuments(partitions.stream().mapToLong(ClosedPartition::documents).sum())
                .setMatchingDonors(
                        partitions.stream().mapToLong(ClosedPartition::matchingDonors).sum())
                .setCuts(partitions.stream().mapToLong(ClosedPartition::cuts).sum())
                .setTruncated(partitions.stream().mapToLong(ClosedPartition::truncated).sum())
                .setState(RetrainingState.PENDING)
                .setStepsDone(0)
                .build();
    }

    /**
     * The replicate, whose seed is the same in every arm; but one of their own for each row of a
     * factorial design, whose effects hold for all seeds only if they are estimated from several.
     */
    private static long place(InterventionSpec spec, String arm, int replicate) {
        return spec.factors().isEmpty()
                ? replicate
                : (long) spec.arms().indexOf(arm) * spec.retrain().getReplicates() + replicate;
    }

    private static Bytes key(ClosedPartition closed) {
        return StoreKey.group(
                closed.intervention(), closed.arm(), Integer.toString(closed.partition()));
    }
}
