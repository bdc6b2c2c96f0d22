package io.retcon.streams.selection;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * By which metrics each item of a run was right at each checkpoint, and how many items were scored
 * there. Not thread-safe.
 */
final class Outcomes {
    private final KeyValueStore<Bytes, String> outcomes;
    private final KeyValueStore<Bytes, Long> counts;

    /**
     * @param outcomes run, benchmark, item, step to the metrics by which it was right
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
        var right =
                score.getCorrect().entrySet().stream()
                        .filter(metric -> metric.getValue())
                        .map(metric -> metric.getKey())
                        .sorted()
                        .collect(Collectors.joining(" "));
        long count = count(score.getRun(), score.getBenchmark(), score.getStep());
        if (outcomes.putIfAbsent(key, right) == null) {
            counts.put(countKey(score.getRun(), score.getBenchmark(), score.getStep()), ++count);
        }
        return count;
    }

    long count(String run, String benchmark, long step) {
        var count = counts.get(countKey(run, benchmark, step));
        return count == null ? 0 : count;
    }

    /** Every item of the benchmark, by name, and whether it was right at the checkpoints. */
    SortedMap<ItemRef, SortedMap<Long, Boolean>> of(
            String run, String benchmark, String metric, List<Long> checkpoints) {
        var items = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        var group = StoreKey.group(run, benchmark);
        try (var range = outcomes.range(group, Bytes.increment(group))) {
            while (range.hasNext()) {
                var entry = range.next();
                var parts = new String(entry.key.get(), StandardCharsets.UTF_8).split("\0", -1);
                long step = Long.parseLong(parts[3]);
                if (checkpoints.contains(step)) {
                    items.computeIfAbsent(new ItemRef(benchmark, parts[2]), item -> new TreeMap<>())
                            .put(step, List.of(entry.value.split(" ", -1)).contains(metric));
                }
            }
        }
        return items;
    }

    private static Bytes countKey(String run, String benchmark, long step) {
        return StoreKey.group(run, benchmark, Long.toString(step));
    }
}
