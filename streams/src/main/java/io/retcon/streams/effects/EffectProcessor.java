package io.retcon.streams.effects;

import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
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
    private EndedRetrainings ended;
    private Siblings siblings;
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
        siblings = new Siblings(selected, published);
        scores =
                new RetrainedScores(
                        context.getStateStore(EffectsTopology.OUTCOMES),
                        context.getStateStore(EffectsTopology.COUNTS));
        ended = new EndedRetrainings(finished, matched, scores);
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::advance);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        switch (record.value()) {
            case Selection selection -> {
                keep(selection);
                siblings.decided(Specs.of(selection), Optional.empty())
                        .forEach(effects -> sendIfNew(effects, record.timestamp()));
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
        siblings.add(selection);
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
        if (ended.isComplete(selection)) {
            estimateAnew(selection.getIntervention(), timestamp);
            siblings.byMatcher(selection).stream()
                    .filter(other -> ended.isComplete(selected.get(other)))
                    .forEach(other -> estimateAnew(other, timestamp));
        }
        send(
                progress(
                        selection,
                        ended.of(selection).size(),
                        EndedRetrainings.expected(selection)),
                timestamp);
    }

    private void estimateAnew(String intervention, long timestamp) {
        complete.put(intervention, timestamp);
        if (current != null && current.intervention.equals(intervention)) {
            current = null;
        }
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
            publish(current.estimator.effects());
            current = null;
        }
    }

    private Estimation begin(Selection selection) {
        var others =
                siblings.byMatcher(selection).stream()
                        .map(selected::get)
                        .filter(ended::isComplete)
                        .map(ended::retrained)
                        .toList();
        return new Estimation(
                selection.getIntervention(),
                new EffectEstimator(ended.retrained(selection), others));
    }

    private void publish(Effects effects) {
        var intervention = effects.getIntervention();
        long timestamp = complete.delete(intervention);
        var spec = Specs.of(selected.get(intervention));
        siblings.decided(spec, Optional.of(effects)).forEach(one -> sendIfNew(one, timestamp));
    }

    private void sendIfNew(Effects effects, long timestamp) {
        if (!isPublished(effects)) {
            published.put(effects.getIntervention(), effects);
            send(effects.getIntervention(), effects, timestamp);
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
