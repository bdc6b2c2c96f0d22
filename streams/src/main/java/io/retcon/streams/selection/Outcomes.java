package io.retcon.streams.selection;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How each item of a run came out at each checkpoint, and how many items were scored there. Not
 * thread-safe.
 */
final class Outcomes {
    private final KeyValueStore<Bytes, String> outcomes;
    private final KeyValueStore<Bytes, Long> counts;
    private final Map<Bytes, Long> known = new HashMap<>(); // what counts holds, asked often

    /**
     * @param outcomes run, benchmark, item, step to how it came out
     * @param counts run, benchmark, step to the items scored
     */
    Outcomes(KeyValueStore<Bytes, String> outcomes, KeyValueStore<Bytes, Long> counts) {
        this.outcomes = outcomes;
        this.counts = counts;
    }

    /** Keeps a score; one that comes again changes nothing. Says how many of its kind there are. */
    long add(Score score) {
        var key =
                StoreKey.group(
                        score.getRun(),
                        score.getBenchmark(),
                        score.getItem(),
                        Long.toString(score.getStep()));
        long count = count(score.getRun(), score.getBenchmark(), score.getStep());
        if (outcomes.putIfAbsent(key, PastOutcome.of(score).line()) == null) {
            var counted = countKey(score.getRun(), score.getBenchmark(), score.getStep());
            counts.put(counted, ++count);
            known.put(counted, count);
        }
        return count;
    }

    long count(String run, String benchmark, long step) {
        return known.computeIfAbsent(
                countKey(run, benchmark, step),
                key -> {
                    var count = counts.get(key);
                    return count == null ? 0 : count;
                });
    }

    /** Takes one outcome of an item. */
    interface Sink {
        void accept(ItemRef item, long step, PastOutcome outcome);
    }

    /** Gives every outcome at the checkpoints, by item and step. */
    void forEach(String run, String benchmark, List<Long> checkpoints, Sink sink) {
        var steps = Set.copyOf(checkpoints);
        var group = StoreKey.group(run, benchmark);
        try (var range = outcomes.range(group, Bytes.increment(group))) {
            while (range.hasNext()) {
                var entry = range.next();
                var parts = new String(entry.key.get(), StandardCharsets.UTF_8).split("\0", -1);
                long step = Long.parseLong(parts[3]);
                if (steps.contains(step)) {
                    sink.accept(
                            new ItemRef(benchmark, parts[2]), step, PastOutcome.parse(entry.value));
                }
            }
        }
    }

    private static Bytes countKey(String run, String benchmark, long step) {
        return StoreKey.group(run, benchmark, Long.toString(step));
    }
}
