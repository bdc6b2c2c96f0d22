package io.retcon.streams.selection;

import io.retcon.schemas.record.Score;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How an item came out at one checkpoint of the original run.
 *
 * @param right metric to whether the item was right by it, of the metrics that it was scored by
 * @param margin its log-probability margin
 * @param relation where the item says one
 */
public record PastOutcome(
        SortedMap<String, Boolean> right, double margin, Optional<String> relation) {
    private static final String MARGIN = "margin";
    private static final int FIELDS = 3;

    public PastOutcome {
        right = new TreeMap<>(right);
    }

    public static PastOutcome of(Score score) {
        return new PastOutcome(
                new TreeMap<>(score.getCorrect()), score.getMargin(), score.getRelation());
    }

    /** Whether the item was right by an accuracy; empty where it was not scored by it. */
    public Optional<Boolean> isRight(String metric) {
        return Optional.ofNullable(right.get(metric));
    }

    /** 1 for right and 0 for wrong by an accuracy, or the margin; empty where it was not scored. */
    public OptionalDouble value(String metric) {
        if (metric.equals(MARGIN)) {
            return Double.isFinite(margin) ? OptionalDouble.of(margin) : OptionalDouble.empty();
        }
        return isRight(metric)
                .map(is -> OptionalDouble.of(is ? 1 : 0))
                .orElseGet(OptionalDouble::empty);
    }

    /** One line, as {@link #parse} reads it: {@code +acc_raw -acc_per_char|0.5|relation}. */
    String line() {
        return right.entrySet().stream()
                        .map(one -> (one.getValue() ? "+" : "-") + one.getKey())
                        .collect(Collectors.joining(" ", "", "|"))
                + margin
                + "|"
                + relation.orElse("");
    }

    static PastOutcome parse(String line) {
        var fields = line.split("\\|", FIELDS);
        var right = new TreeMap<String, Boolean>();
        for (var metric : fields[0].split(" ")) {
            if (!metric.isEmpty()) {
                right.put(metric.substring(1), metric.charAt(0) == '+');
            }
        }
        return new PastOutcome(
                right,
                Double.parseDouble(fields[1]),
                Optional.of(fields[2]).filter(relation -> !relation.isEmpty()));
    }
}
