package io.retcon.streams.effects;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** How every item came out in every retraining of one intervention. Not thread-safe. */
final class OutcomeTable {
    private static final Comparator<ItemOutcome> BY_ABOUT =
            Comparator.comparing(ItemOutcome::relation).thenComparing(ItemOutcome::subject);

    private final Map<Run, Map<ItemRef, ItemOutcome>> outcomes = new HashMap<>();
    private final SortedSet<ItemRef> items = new TreeSet<>(ItemOrder.BY_NAME);

    private final Map<ItemRef, ItemOutcome> named = new HashMap<>();

    private record Run(String arm, int replicate) {}

    static OutcomeTable of(Collection<Score> scores) {
        var table = new OutcomeTable();
        scores.forEach(
                score ->
                        score.getRetraining()
                                .ifPresent(
                                        id ->
                                                table.put(
                                                        id,
                                                        new ItemRef(
                                                                score.getBenchmark(),
                                                                score.getItem()),
                                                        ItemOutcome.of(score))));
        return table;
    }

    void put(RetrainingId id, ItemRef item, ItemOutcome outcome) {
        outcomes.computeIfAbsent(
                        new Run(id.getArm(), id.getReplicate()), retraining -> new HashMap<>())
                .put(item, outcome);
        items.add(item);
        named.merge(item, outcome, (a, b) -> BY_ABOUT.compare(a, b) < 0 ? b : a);
    }

    /** Leaves items out of everything. */
    void leaveOut(Collection<ItemRef> left) {
        left.forEach(items::remove);
    }

    /** What an item asks for: its own relation, else its benchmark. */
    String relation(ItemRef item) {
        var outcome = named.get(item);
        return outcome == null || outcome.relation().isEmpty()
                ? item.getBenchmark()
                : outcome.relation();
    }

    /** What an item is about: its subject, else itself. */
    String subject(ItemRef item) {
        var outcome = named.get(item);
        return outcome == null || outcome.subject().isEmpty() ? Keys.item(item) : outcome.subject();
    }

    /** Every item that any retraining was scored on, by benchmark and identifier. */
    SortedSet<ItemRef> items() {
        return items;
    }

    /** One arm's values [replicate][item], or empty if one of them was not scored by the metric. */
    Optional<double[][]> values(
            String arm, List<Integer> replicates, List<ItemRef> of, String metric) {
        var values = new double[replicates.size()][of.size()];
        for (int r = 0; r < replicates.size(); r++) {
            var retraining = outcomes.getOrDefault(new Run(arm, replicates.get(r)), Map.of());
            for (int i = 0; i < of.size(); i++) {
                var outcome = retraining.get(of.get(i));
                var value = outcome == null ? null : outcome.value(metric);
                if (value == null || value.isEmpty()) {
                    return Optional.empty();
                }
                values[r][i] = value.getAsDouble();
            }
        }
        return Optional.of(values);
    }
}
