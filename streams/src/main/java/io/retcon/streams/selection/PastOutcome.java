package io.retcon.streams.selection;

import io.retcon.schemas.record.Score;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an item came out at one checkpoint of the original run.
 *
 * @param right the metrics by which it was right, in order
 * @param margin its log-probability margin
 * @param relation where the item says one
 */
public record PastOutcome(List<String> right, double margin, Optional<String> relation) {
    private static final String MARGIN = "margin";
    private static final int FIELDS = 3;

    public PastOutcome {
        right = List.copyOf(right);
    }

    public static PastOutcome of(Score score) {
        return new PastOutcome(
                score.getCorrect().entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList(),
                score.getMargin(),
                score.getRelation());
    }

    /** 1 for right and 0 for wrong by an accuracy, or the margin. */
    public double value(String metric) {
        return metric.equals(MARGIN) ? margin : right.contains(metric) ? 1 : 0;
    }

    /** One line, as {@link #parse} reads it. */
    String line() {
        return right.stream().collect(Collectors.joining(" ", "", "|"))
                + margin
                + "|"
                + relation.orElse("");
    }

    static PastOutcome parse(String line) {
        var fields = line.split("\\|", FIELDS);
        return new PastOutcome(
                List.of(fields[0].split(" ")),
                Double.parseDouble(fields[1]),
                Optional.of(fields[2]).filter(relation -> !relation.isEmpty()));
    }
}
