package io.retcon.indexer.local;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.function.Consumer;

/** The matching stage over local files, no broker. */
public final class LocalMatch {
    private final Matcher matcher;
    private final LocalFiles files;

    /** A document that matters for an item, both by their identifiers. */
    public sealed interface Row {
        String item();

        String document();

        /** From a matcher that only says whether. */
        record Unscored(String item, String document) implements Row {}

        /** From a matcher that says how much. */
        record Scored(String item, String document, double score) implements Row {}
    }

    public LocalMatch(Matcher matcher, LocalFiles files) {
        this.matcher = requireNonNull(matcher, "matcher is null");
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * Reads everything, then gives the rows: by item in input order, then by score descending, then
     * by document in input order.
     *
     * @param refused gets every line that is no item or no document, which is then left out
     * @throws RefusedInput if a file cannot be read or the matcher cannot look for an item
     */
    public void run(Consumer<Row> rows, Consumer<RefusedInput> refused) {
        var items = files.readItems(refused);
        try (var matching = matcher.begin(items)) {
            var documents = files.readCorpus(List.of(matching), refused);
            matching.end()
                    .forEach(
                            found -> rows(items.get(found.item()).getId(), found, documents, rows));
        }
    }

    private static void rows(
            String item, ItemMatches found, List<String> documents, Consumer<Row> rows) {
        for (int rank = 0; rank < found.documents().length; rank++) {
            var document = documents.get(found.documents()[rank]);
            rows.accept(
                    switch (found) {
                        case ItemMatches.Unscored _ -> new Row.Unscored(item, document);
                        case ItemMatches.Scored scored ->
                                new Row.Scored(item, document, scored.scores()[rank]);
                    });
        }
    }
}
