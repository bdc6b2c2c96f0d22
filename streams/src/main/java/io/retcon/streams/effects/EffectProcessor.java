package io.retcon.streams.effects;

import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.StoreKey;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;

/**
 * Publishes an intervention's effects when every retraining of every arm has come to an end and all
 * scores of the done ones are there, in whatever order they came; again only if they change.
 */
final class EffectProcessor
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    private static final String STAGE = "effect";

    private KeyValueStore<String, Selection> selected;
    private KeyValueStore<Bytes, Long> expected;
    private KeyValueStore<String, Retraining> finished;
    private KeyValueStore<String, Effects> published;
    private RetrainedScores scores;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        selected = context.getStateStore(EffectsTopology.SELECTED);
        expected = context.getStateStore(EffectsTopology.EXPECTED);
        finished = context.getStateStore(EffectsTopology.FINISHED);
        published = context.getStateStore(EffectsTopology.PUBLISHED);
        scores =
                new RetrainedScores(
                        context.getStateStore(EffectsTopology.OUTCOMES),
                        context.getStateStore(EffectsTopology.COUNTS));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case Selection selection -> {
                keep(selection);
                estimateIfComplete(selection, record.timestamp());
            }
            case Retraining retraining -> {
                finished.put(Keys.retraining(retraining.getId()), retraining);
                estimateIfComplete(retraining.getId().getIntervention(), record.timestamp());
            }
            case Score score when score.getRetraining().isPresent() ->
                    keep(score, score.getRetraining().get(), record.timestamp());
            case null, default -> {}
        }
    }

    private void keep(Selection selection) {
        selected.put(selection.getIntervention(), selection);
        selection
                .getBenchmarkItems()
                .forEach(
                        (benchmark, items) ->
                                expected.put(
                                        StoreKey.group(selection.getIntervention(), benchmark),
                                        items.longValue()));
    }

    private void keep(Score score, RetrainingId id, long timestamp) {
        if (!scores.add(id, score)) {
            return;
        }
        var all = expected.get(StoreKey.group(id.getIntervention(), score.getBenchmark()));
        if (all != null && scores.count(id, score.getStep(), score.getBenchmark()) >= all) {
            estimateIfComplete(id.getIntervention(), timestamp);
        }
    }

    private void estimateIfComplete(String intervention, long timestamp) {
        var selection = selected.get(intervention);
        if (selection != null) {
            estimateIfComplete(selection, timestamp);
        }
    }

    private void estimateIfComplete(Selection selection, long timestamp) {
        var spec = selection.getSpec();
        int all = spec.getArms().size() * spec.getRetrain().getReplicates();
        var complete = complete(selection);
        if (complete.size() == all) {
            publish(selection, complete, timestamp);
        }
        send(progress(selection, complete.size(), all), timestamp);
    }

    /** The retrainings that failed, and those that are done and scored whole. */
    private List<Retraining> complete(Selection selection) {
        var complete = new ArrayList<Retraining>();
        var spec = selection.getSpec();
        for (var arm : spec.getArms()) {
            for (int replicate = 0; replicate < spec.getRetrain().getReplicates(); replicate++) {
                var id = new RetrainingId(selection.getIntervention(), arm, replicate);
                var retraining = finished.get(Keys.retraining(id));
                if (retraining != null && (failed(retraining) || scoredWhole(selection, id))) {
                    complete.add(retraining);
                }
            }
        }
        return complete;
    }

    private static boolean failed(Retraining retraining) {
        return retraining.getState() == RetrainingState.FAILED;
    }

    private boolean scoredWhole(Selection selection, RetrainingId id) {
        long step = selection.getSpec().getWindow().getTo();
        return selection.getBenchmarkItems().entrySet().stream()
                .allMatch(all -> scores.count(id, step, all.getKey()) >= all.getValue());
    }

    private void publish(Selection selection, List<Retraining> retrainings, long timestamp) {
        var outcomes = new OutcomeTable();
        long step = selection.getSpec().getWindow().getTo();
        for (var retraining : retrainings) {
            if (!failed(retraining)) {
                for (var benchmark : selection.getBenchmarkItems().keySet()) {
                    scores.copy(retraining.getId(), step, benchmark, outcomes);
                }
            }
        }
        var effects = EffectEstimator.estimate(selection, retrainings, outcomes);
        if (!effects.equals(published.get(selection.getIntervention()))) {
            published.put(selection.getIntervention(), effects);
            send(selection.getIntervention(), effects, timestamp);
        }
    }

    private static Progress progress(Selection selection, int complete, int all) {
        return Progress.newBuilder()
                .setIntervention(selection.getIntervention())
                .setStage(STAGE)
                .setDone(complete)
                .setTotal(all)
                .setRate(0)
                .setUnit("retrainings")
                .build();
    }

    private void send(Progress progress, long timestamp) {
        send(Keys.join(progress.getIntervention(), progress.getStage()), progress, timestamp);
    }

    private void send(String key, SpecificRecord value, long timestamp) {
        context().forward(new Record<>(key, value, timestamp));
    }
}
