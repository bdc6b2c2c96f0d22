package io.retcon.streams.walking;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.rejects.Refusal;
import io.retcon.streams.state.PackedStore;
import io.retcon.streams.state.Routed;
import io.retcon.streams.state.StoreKey;
import io.retcon.streams.state.Tally;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.List;
import java.util.TreeSet;

/**
 * Collects an arm's work until as much has arrived as its closing record says, in whatever order;
 * then walks the task's own partition of history once, from the first to the last sequence that has
 * work, and sends on what the errand makes of it. How many visits' results were sent is kept in a
 * store in the same transaction: after a crash the walk is repeated and what was sent is left out.
 */
final class HistoryWalk<V> extends ContextualProcessor<String, V, String, Routed<?>> {
    private final HistoryWalks<V> walks;
    private final Errands<V> errands;
    private final Pace pace;

    private PackedStore<V> work;
    private KeyValueStore<Bytes, Tally> tallies;
    private final TreeSet<Bytes> complete = new TreeSet<>();
    private ArmWalk<V> walk;

    HistoryWalk(HistoryWalks<V> walks) {
        this.walks = walks;
        this.errands = walks.errands();
        this.pace = walks.pace();
    }

    @Override
    public void init(ProcessorContext<String, Routed<?>> context) {
        super.init(context);
        work = new PackedStore<>(context.getStateStore(walks.workName()), walks.values());
        tallies = context.getStateStore(walks.talliesName());
        try (var all = tallies.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value.complete()) {
                            complete.add(entry.key);
                        }
                    });
        }
        context.schedule(pace.pause(), PunctuationType.WALL_CLOCK_TIME, this::advance);
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.value() == null) {
            return;
        }
        var plan = errands.plan(record.value());
        var group = StoreKey.group(plan.getIntervention(), plan.getArm());
        var tally = tallies.get(group) == null ? Tally.NOTHING : tallies.get(group);
        if (tally.done()) {
            return;
        }
        if (plan.getClosing().isPresent()) {
            work.put(StoreKey.end(group), record.value());
            tally = tally.announcing(plan.getClosing().get().getRecords());
        } else {
            var place = errands.destination(plan).orElseThrow(() -> incomplete(plan));
            var key = StoreKey.of(group, place, plan.getTarget().orElse(place), plan.getOrder());
            tally = work.add(key, record.value()) ? tally.oneMore() : tally;
        }
        tallies.put(group, tally);
        if (tally.complete()) {
            complete.add(group);
        }
    }

    private static RefusedInput incomplete(Plan plan) {
        return new RefusedInput(
                "a plan of arm '%s' of intervention %s changes no document and closes nothing: publish one that does"
                        .formatted(plan.getArm(), plan.getIntervention()));
    }

    private void advance(long now) {
        if (walk == null && complete.isEmpty()) {
            return;
        }
        var group = walk == null ? complete.first() : walk.group();
        try {
            advance(group);
        } catch (RuntimeException failure) {
            fail(group, FailureCause.reason(failure), now);
        }
    }

    private void advance(Bytes group) {
        if (walk == null) {
            walk = new ArmWalk<>(group, work, errands, walks.history(), partition());
        }
        var tally = tallies.get(walk.group());
        boolean arrived =
                walk.advance(
                        pace.sequences(),
                        results -> {
                            if (walk.visits() >= tally.worked()) {
                                send(results);
                            }
                        });
        send(walk.errand().report(walk.done(), tally.announced()));
        tallies.put(walk.group(), tally.worked(Math.max(tally.worked(), walk.visits())));
        if (arrived) {
            send(walk.errand().finish());
            end(group);
        }
    }

    /** The arm's plans contradict history: nothing more is made of them. */
    private void fail(Bytes group, String reason, long now) {
        var closing = errands.plan(work.get(StoreKey.end(group)).orElseThrow());
        var refusal = new Refusal(closing.getIntervention(), errands.stage(), "documents", reason);
        var key = Keys.join(closing.getIntervention(), closing.getArm(), partition());
        var progress = refusal.progress();
        var reject = refusal.reject(TopicCatalogue.PLANS.name(), partition());
        send(
                List.of(
                        new Record<>(key, new Routed<>(0, progress), now),
                        new Record<>(closing.getIntervention(), new Routed<>(0, reject), now)));
        end(group);
    }

    private void end(Bytes group) {
        work.delete(group, StoreKey.end(group), Integer.MAX_VALUE);
        tallies.put(group, tallies.get(group).finished());
        complete.remove(group);
        close();
        walk = null;
    }

    private void send(List<Record<String, Routed<?>>> results) {
        results.forEach(context()::forward);
    }

    private int partition() {
        return context().taskId().partition();
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
    }
}
