package io.retcon.streams.effects;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.charset.StandardCharsets;

/**
 * How items came out in retrainings, and how many of each benchmark, kept in stores. Not
 * thread-safe.
 */
final class RetrainedScores {
    private final KeyValueStore<Bytes, ItemOutcome> outcomes;
    private final KeyValueStore<Bytes, Long> counts;

    /**
     * @param outcomes retraining, step, benchmark, item to how it came out
     * @param counts retraining, step, benchmark to the items scored
     */
    RetrainedScores(KeyValueStore<Bytes, ItemOutcome> outcomes, KeyValueStore<Bytes, Long> counts) {
        this.outcomes = outcomes;
        this.counts = counts;
    }

    /** Keeps a score. Says whether that changed anything. */
    boolean add(RetrainingId id, Score score) {
        var key = key(id, score.getStep(), score.getBenchmark(), score.getItem());
        var outcome = ItemOutcome.of(score);
        var before = outcomes.get(key);
        if (outcome.equals(before)) {
            return false;
        }
        outcomes.put(key, outcome); // First: what cannot be kept is not counted.
        if (before == null) {
            counts.put(
                    group(id, score.getStep(), score.getBenchmark()),
                    count(id, score.getStep(), score.getBenchmark()) + 1);
        }
        return true;
    }

    long count(RetrainingId id, long step, String benchmark) {
        var count = counts.get(group(id, step, benchmark));
        return count == null ? 0 : count;
    }

    /** Copies how a benchmark's items came out in one retraining. */
    void copy(RetrainingId id, long step, String benchmark, OutcomeTable to) {
        var group = group(id, step, benchmark);
        try (var range = outcomes.range(group, Bytes.increment(group))) {
            while (range.hasNext()) {
                var entry = range.next();
                int prefix = group.get().length;
                var item =
                        new String(
                                entry.key.get(),
                                prefix,
                                entry.key.get().length - prefix - 1,
                                StandardCharsets.UTF_8);
                to.put(id, new ItemRef(benchmark, item), entry.value);
            }
        }
    }

    private static Bytes group(RetrainingId id, long step, String benchmark) {
        return StoreKey.group(Keys.retraining(id), Long.toString(step), benchmark);
    }

    private static Bytes key(RetrainingId id, long step, String benchmark, String item) {
        return StoreKey.group(Keys.retraining(id), Long.toString(step), benchmark, item);
    }
}
