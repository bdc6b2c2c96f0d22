package io.retcon.streams.answering;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.planning.RefusedText;
import io.retcon.streams.planning.Tokenizers;
import io.retcon.streams.rejects.FailedIntervention;
import io.retcon.streams.state.Routed;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Settles each request once: with its answer, whichever of the two comes first, or when its time is
 * over. What comes after that is left alone.
 */
final class AnswerDesk extends ContextualProcessor<String, SpecificRecord, String, Routed<?>> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Tokenizers tokenizers;
    private final int partitions;
    private final TreeMap<Long, TreeSet<String>> deadlines = new TreeMap<>();
    private final TreeSet<String> counted = new TreeSet<>();
    private KeyValueStore<String, OpenRequest> open;
    private KeyValueStore<String, Answer> early;
    private KeyValueStore<String, Long> settled;
    private KeyValueStore<String, Asked> asked;

    /**
     * @param partitions that plans can be sent to
     */
    AnswerDesk(Tokenizers tokenizers, int partitions) {
        this.partitions = partitions;
        this.tokenizers = requireNonNull(tokenizers, "tokenizers is null");
    }

    @Override
    public void init(ProcessorContext<String, Routed<?>> context) {
        super.init(context);
        open = context.getStateStore(AnsweringTopology.OPEN);
        early = context.getStateStore(AnsweringTopology.EARLY);
        settled = context.getStateStore(AnsweringTopology.SETTLED);
        asked = context.getStateStore(AnsweringTopology.ASKED);
        try (var all = open.all()) {
            all.forEachRemaining(
                    entry -> {
                        remember(entry.value.until(), entry.key);
                        counted.add(entry.value.request().getIntervention());
                    });
        }
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::passTime);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        var key = record.key();
        if (key == null) {
            throw new RefusedInput(
                    "a request and its answer are told by their key: publish the answer under the"
                            + " request's");
        }
        if (settled.get(key) != null) {
            return;
        }
        switch (record.value()) {
            case Request request when open.get(key) == null -> take(key, request);
            case Answer answer -> {
                var waiting = open.get(key);
                if (waiting == null) {
                    early.put(key, answer);
                } else {
                    settle(key, waiting.request(), answer);
                }
            }
            default -> {}
        }
    }

    /** A request waits before its early answer is looked at: one that is refused leaves it so. */
    private void take(String key, Request request) {
        if (request.getPartition() >= partitions) {
            throw new RefusedInput(
                    "the plan of a request belongs in partition %d, and there are %d: publish none but the stage's own"
                            .formatted(request.getPartition(), partitions));
        }
        count(request, Asked::request);
        long seconds = request.getPlan().getTimeoutSeconds().orElseThrow();
        long until = context().currentSystemTimeMs() + Duration.ofSeconds(seconds).toMillis();
        open.put(key, new OpenRequest(until, request));
        remember(until, key);
        var answer = early.delete(key);
        if (answer != null) {
            settle(key, request, answer);
        }
    }

    private void settle(String key, Request request, Answer answer) {
        if (answer.getText().isEmpty()) {
            count(request, Asked::refusal);
            send(key, request, AnsweredPlan.unchanged(request));
        } else {
            count(request, Asked::answer);
            send(key, request, answered(key, request, answer));
        }
    }

    private Plan answered(String key, Request request, Answer answer) {
        var plan = request.getPlan();
        try {
            return AnsweredPlan.of(request, answer, tokenizers.of(plan.getRun()));
        } catch (RefusedInput e) {
            open.delete(key);
            settled.put(key, 1L);
            var reason = RefusedText.of(plan, e).getMessage();
            throw new FailedIntervention(plan.getIntervention(), "plan", reason);
        }
    }

    private void send(String key, Request request, Plan plan) {
        open.delete(key);
        settled.put(key, 1L);
        context()
                .forward(
                        new Record<>(
                                key,
                                new Routed<>(request.getPartition(), plan),
                                request.getDocument().getStep()));
    }

    private void count(Request request, UnaryOperator<Asked> change) {
        var intervention = request.getIntervention();
        var before = asked.get(intervention);
        asked.put(intervention, change.apply(before == null ? Asked.NOTHING : before));
        counted.add(intervention);
    }

    private void remember(long until, String key) {
        deadlines.computeIfAbsent(until, first -> new TreeSet<>()).add(key);
    }

    private void passTime(long now) {
        var over = deadlines.headMap(now, true);
        for (var key : over.values().stream().flatMap(TreeSet::stream).toList()) {
            var waiting = open.get(key);
            if (waiting != null) {
                count(waiting.request(), Asked::timeout);
                send(key, waiting.request(), AnsweredPlan.unchanged(waiting.request()));
            }
        }
        over.clear();
        for (var intervention : List.copyOf(counted)) {
            Progress progress = asked.get(intervention).progress(intervention);
            context()
                    .forward(new Record<>(Keys.progress(progress), new Routed<>(0, progress), now));
        }
        counted.clear();
    }
}
