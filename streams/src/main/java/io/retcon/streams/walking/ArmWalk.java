package io.retcon.streams.walking;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Plan;
import io.retcon.streams.state.PackedStore;
import io.retcon.streams.state.Routed;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The walk through one partition of history for one arm: from the first to the last sequence that
 * has work, a stretch at a time. Not thread-safe.
 */
final class ArmWalk<V> implements AutoCloseable {
    private final Bytes group;
    private final Plan closing;
    private final int partition;
    private final PackedStore<V> work;
    private final Errands<V> errands;
    private final Errand<V> errand;
    private final HistorySource history;
    private Bytes position;
    private HistoryCursor cursor;
    private long visits;
    private long done;

    ArmWalk(
            Bytes group,
            PackedStore<V> work,
            Errands<V> errands,
            HistorySource history,
            int partition) {
        this.group = group;
        this.closing = errands.plan(work.get(StoreKey.end(group)).orElseThrow());
        this.partition = partition;
        this.work = work;
        this.errands = errands;
        this.errand = errands.begin(closing, partition);
        this.history = history;
        this.position = group;
    }

    /** Where the work of one sequence lies in the store, and the work. */
    private record Stop<V>(Bytes key, DocumentRef place, List<V> work) {
        int compareTo(HistorySequence sequence) {
            int byStep = Long.compare(place.getStep(), sequence.getStep());
            return byStep != 0
                    ? byStep
                    : Integer.compare(place.getSequence(), sequence.getSequence());
        }
    }

    /**
     * Reads at most {@code sequences} on and gives every visit's results to {@code results}.
     *
     * @return whether the last sequence that has work was visited
     */
    boolean advance(int sequences, Consumer<List<Record<String, Routed<?>>>> results) {
        try (var range = work.range(position, StoreKey.end(group))) {
            var stop = nextStop(range);
            for (int read = 0; stop.isPresent() && read < sequences; read++) {
                var sequence = read(stop.get());
                if (stop.get().compareTo(sequence) == 0) {
                    results.accept(errand.visit(sequence, stop.get().work()));
                    visits++;
                    done += stop.get().work().size();
                    stop = nextStop(range);
                }
            }
            position = stop.map(Stop::key).orElse(StoreKey.end(group));
            return stop.isEmpty();
        }
    }

    private HistorySequence read(Stop<V> stop) {
        if (cursor == null) {
            cursor = history.open(closing.getRun(), partition, stop.place().getStep());
        }
        var sequence = cursor.next().orElseThrow(() -> gap(stop, "the partition's end"));
        if (stop.compareTo(sequence) < 0) {
            throw gap(
                    stop,
                    "step %d sequence %d".formatted(sequence.getStep(), sequence.getSequence()));
        }
        return sequence;
    }

    private RefusedInput gap(Stop<V> stop, String found) {
        return new RefusedInput(
                "the history of run '%s' has a gap in partition %d: expected step %d sequence %d, found %s: publish an intervention over what it holds"
                        .formatted(
                                closing.getRun(),
                                partition,
                                stop.place().getStep(),
                                stop.place().getSequence(),
                                found));
    }

    private Optional<Stop<V>> nextStop(PackedStore.Range<V> range) {
        if (range.peekKey().equals(StoreKey.end(group))) {
            return Optional.empty();
        }
        var first = range.peekKey();
        var found = new ArrayList<V>();
        while (StoreKey.sameSequence(group, first, range.peekKey())) {
            found.add(range.next());
        }
        var place = errands.destination(errands.plan(found.getFirst())).orElseThrow();
        return Optional.of(new Stop<>(first, place, found));
    }

    Bytes group() {
        return group;
    }

    Errand<V> errand() {
        return errand;
    }

    /** Sequences visited so far. */
    long visits() {
        return visits;
    }

    /** Work done so far. */
    long done() {
        return done;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
