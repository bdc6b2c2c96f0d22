package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.rejects.Refusal;
import io.retcon.streams.state.StoreKey;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes an intervention's effects when every retraining of every arm has come to an end and all
 * scores of the done ones are there, in whatever order they came; again only if they change.
 *
 * <p>Effects over thousands of items take seconds each, and a transaction must not wait for all of
 * them: they are estimated a few at a time between commits, and from the start again after a crash.
 */
final class EffectProcessor
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    private static final String STAGE = "effect";
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final long AT_A_TIME_NANOS = Duration.ofMillis(500).toNanos();

    private KeyValueStore<String, Selection> selected;
    private KeyValueStore<Bytes, Long> expected;
    private KeyValueStore<String, Retraining> finished;
    private KeyValueStore<String, Effects> published;
    private KeyValueStore<String, Long> complete;
    private KeyValueStore<String, Match> matched;
    private RetrainedScores scores;
    private Estimation current;

    /** The intervention at hand. */
    private record Estimation(String intervention, EffectEstimator estimator) {}

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        selected = context.getStateStore(EffectsTopology.SELECTED);
        expected = context.getStateStore(EffectsTopology.EXPECTED);
        finished = context.getStateStore(EffectsTopology.FINISHED);
        published = context.getStateStore(EffectsTopology.PUBLISHED);
        complete = context.getStateStore(EffectsTopology.COMPLETE);
        matched = context.getStateStore(EffectsTopology.MATCHED);
        scores =
                new RetrainedScores(
                        context.getStateStore(EffectsTopology.OUTCOMES),
                        context.getStateStore(EffectsTopology.COUNTS));
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::advance);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case Selection selection -> {
                keep(selection);
                noteIfComplete(selection, record.timestamp());
            }
            case Retraining retraining -> {
                finished.put(Keys.retraining(retraining.getId()), retraining);
                noteIfComplete(retraining.getId().getIntervention(), record.timestamp());
            }
            case Match closing -> {
                matched.put(closing.getIntervention(), closing);
                noteIfComplete(closing.getIntervention(), record.timestamp());
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
            noteIfComplete(id.getIntervention(), timestamp);
        }
    }

    private void noteIfComplete(String intervention, long timestamp) {
        var selection = selected.get(intervention);
        if (selection != null) {
            noteIfComplete(selection, timestamp);
        }
    }

    private void noteIfComplete(Selection selection, long timestamp) {
        var intervention = selection.getIntervention();
        var spec = selection.getSpec();
        int all = spec.getArms().size() * spec.getRetrain().getReplicates();
        int ended = ended(selection).size();
        if (ended == all && isMatched(selection)) {
            complete.put(intervention, timestamp);
            if (current != null && current.intervention.equals(intervention)) {
                current = null;
            }
        }
        send(progress(selection, ended, all), timestamp);
    }

    /** Whether it is known which items were matched, where that matters. */
    private boolean isMatched(Selection selection) {
        return !selection.getSpec().getSelect().getMatched()
                || matched.get(selection.getIntervention()) != null;
    }

    private void advance(long now) {
        var intervention = current == null ? waiting().orElse(null) : current.intervention;
        if (intervention == null) {
            return;
        }
        try {
            advance(intervention);
        } catch (RuntimeException failure) {
            fail(intervention, FailureCause.reason(failure), now);
        }
    }

    /** Its selection, retrainings and scores contradict each other: there is no estimate. */
    private void fail(String intervention, String reason, long now) {
        complete.delete(intervention);
        current = null;
        var refusal = new Refusal(intervention, STAGE, "retrainings", reason);
        send(intervention, refusal.reject(SELECTIONS.name(), 0), now);
        send(refusal.progress(), now);
    }

    private Optional<String> waiting() {
        try (var waiting = complete.all()) {
            return waiting.hasNext() ? Optional.of(waiting.next().key) : Optional.empty();
        }
    }

    private void advance(String intervention) {
        if (current == null) {
            current = begin(selected.get(intervention));
            return;
        }
        long start = System.nanoTime();
        while (!current.estimator.finished() && System.nanoTime() - start < AT_A_TIME_NANOS) {
            current.estimator.estimateOne();
        }
        if (current.estimator.finished()) {
            publish(current.intervention, current.estimator.effects());
            current = null;
        }
    }

    private Estimation begin(Selection selection) {
        var retrainings = ended(selection);
        var outcomes = outcomes(selection, retrainings);
        var about =
                selection.getSpec().getSelect().getMatched()
                        ? EffectEstimator.onlyMatched(
                                selection, matched.get(selection.getIntervention()), outcomes)
                        : selection;
        return new Estimation(
                selection.getIntervention(), new EffectEstimator(about, retrainings, outcomes));
    }

    /** The retrainings that failed, and those that are done and scored whole. */
    private List<Retraining> ended(Selection selection) {
        var ended = new ArrayList<Retraining>();
        var spec = selection.getSpec();
        for (var arm : spec.getArms()) {
            for (int replicate = 0; replicate < spec.getRetrain().getReplicates(); replicate++) {
                var id = new RetrainingId(selection.getIntervention(), arm, replicate);
                var retraining = finished.get(Keys.retraining(id));
                if (retraining != null && (failed(retraining) || scoredWhole(selection, id))) {
                    ended.add(retraining);
                }
            }
        }
        return ended;
    }

    private static boolean failed(Retraining retraining) {
        return retraining.getState() == RetrainingState.FAILED;
    }

    private boolean scoredWhole(Selection selection, RetrainingId id) {
        long step = selection.getSpec().getWindow().getTo();
        return selection.getBenchmarkItems().entrySet().stream()
                .allMatch(all -> scores.count(id, step, all.getKey()) >= all.getValue());
    }

    private OutcomeTable outcomes(Selection selection, List<Retraining> retrainings) {
        var outcomes = new OutcomeTable();
        long step = selection.getSpec().getWindow().getTo();
        for (var retraining : retrainings) {
            if (!failed(retraining)) {
                for (var benchmark : selection.getBenchmarkItems().keySet()) {
                    scores.copy(retraining.getId(), step, benchmark, outcomes);
                }
            }
        }
        return outcomes;
    }

    private void publish(String intervention, Effects effects) {
        long timestamp = complete.delete(intervention);
        if (!isPublished(effects)) {
            published.put(intervention, effects);
            send(intervention, effects, timestamp);
        }
    }

    /**
     * As JSON says it: a NaN, which stands for what one replicate cannot say, never equals another.
     */
    private boolean isPublished(Effects effects) {
        var before = published.get(effects.getIntervention());
        return before != null
                && EffectsJson.of(effects).equals(EffectsJson.of(before))
                && effects.getTruncated().equals(before.getTruncated());
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
        send(Keys.progress(progress), progress, timestamp);
    }

    private void send(String key, SpecificRecord value, long timestamp) {
        context().forward(new Record<>(key, value, timestamp));
    }
}
