package io.retcon.deploy.export;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A document and one of the items that it matches; donors and bystanders match none.
 *
 * @param start its first token in the sequence
 * @param length in tokens
 * @param score of the document for the item, where the matcher scores
 */
record MatchRow(
        String intervention,
        String name,
        String document,
        String role,
        long step,
        int sequence,
        int start,
        int length,
        String benchmark,
        String item,
        Double score) {

    /** A row for each item, or one without. */
    static List<MatchRow> of(Match match, String name) {
        var items = match.getItems();
        if (items.isEmpty()) {
            return List.of(of(match, name, null, match.getScore().orElse(null)));
        }
        return IntStream.range(0, items.size())
                .mapToObj(i -> of(match, name, items.get(i), score(match, i)))
                .toList();
    }

    private static Double score(Match match, int item) {
        return item < match.getScores().size() ? match.getScores().get(item) : null;
    }

    private static MatchRow of(Match match, String name, ItemRef item, Double score) {
        var document = match.getDocument().orElseThrow();
        return new MatchRow(
                match.getIntervention(),
                name,
                document.getId(),
                match.getRole().orElseThrow().name().toLowerCase(Locale.ROOT),
                document.getStep(),
                document.getSequence(),
                document.getStart(),
                document.getLength(),
                item == null ? null : item.getBenchmark(),
                item == null ? null : item.getId(),
                score);
    }
}
