package io.retcon.indexer.local;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.item.ItemNames;
import io.retcon.schemas.record.Item;

import java.util.List;
import java.util.function.Consumer;

/** The matching stage over local files, no broker. */
public final class LocalMatch {
    private final Matcher matcher;
    private final LocalFiles files;

    /** A document that matters for an item. */
    public sealed interface Row {
        /** The shortest that tells the item apart. */
        ItemName name();

        String benchmark();

        /** Its identifier. */
        String document();

        /** From a matcher that only says whether. */
        record Unscored(ItemName name, String benchmark, String document) implements Row {}

        /** From a matcher that says how much. */
        record Scored(ItemName name, String benchmark, String document, double score)
                implements Row {}
    }

    public LocalMatch(Matcher matcher, LocalFiles files) {
        this.matcher = requireNonNull(matcher, "matcher is null");
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * Reads everything, then gives the rows: by item in input order, then by score descending, then
     * by document in input order.
     *
     * @param refused gets every line that is no item or no document, and every item that the
     *     matcher cannot look for; they are left out
     * @return why items found nothing, and names that don't tell documents apart, a sentence each
     * @throws RefusedInput if a file cannot be read, or no item is left
     */
    public List<String> run(Consumer<Row> rows, Consumer<RefusedInput> refused) {
        var items = files.readItems(List.of(matcher), refused);
        var names = ItemNames.of(items);
        try (var matching = matcher.begin(items)) {
            var documents = files.readCorpus(List.of(matching), refused);
            var caveats = new MatchCaveats(items, documents);
            matching.end()
                    .forEach(
                            found -> {
                                caveats.add(found);
                                rows(items.get(found.item()), names, found, documents, rows);
                            });
            return caveats.all(matcher);
        }
    }

    private static void rows(
            Item item,
            ItemNames names,
            ItemMatches found,
            List<String> documents,
            Consumer<Row> rows) {
        var name = names.of(item);
        var benchmark = item.getBenchmark();
        for (int rank = 0; rank < found.documents().length; rank++) {
            var document = documents.get(found.documents()[rank]);
            rows.accept(
                    switch (found) {
                        case ItemMatches.Unscored _ -> new Row.Unscored(name, benchmark, document);
                        case ItemMatches.Scored scored ->
                                new Row.Scored(name, benchmark, document, scored.scores()[rank]);
                    });
        }
    }
}
