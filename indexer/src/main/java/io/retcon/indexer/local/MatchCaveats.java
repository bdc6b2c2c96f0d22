package io.retcon.indexer.local;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.format.TsvField;
import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Gathers what a match of local files would otherwise pass over in silence. Not thread-safe. */
final class MatchCaveats {
    private final List<Item> items;
    private final List<String> documents;
    private final List<Integer> without = new ArrayList<>();

    /**
     * @param documents identifiers, in the order of the files and their lines
     */
    MatchCaveats(List<Item> items, List<String> documents) {
        this.items = requireNonNull(items, "items is null");
        this.documents = requireNonNull(documents, "documents is null");
    }

    void add(ItemMatches found) {
        if (found.documents().length == 0) {
            without.add(found.item());
        }
    }

    List<String> all(Matcher matcher) {
        var all = new ArrayList<String>();
        if (documents.isEmpty()) {
            all.add("the corpus holds no document");
        }
        if (without.size() == items.size()) {
            all.add(
                    "nothing was found: none of %,d items matches any of %,d documents; see whether they are spelt alike"
                            .formatted(items.size(), documents.size()));
        } else if (!without.isEmpty()) {
            var first = items.get(without.getFirst());
            all.add(
                    "%,d of %,d items match no document (first: '%s' of %s)"
                            .formatted(
                                    without.size(),
                                    items.size(),
                                    TsvField.readable(first.getId()),
                                    TsvField.readable(first.getBenchmark())));
        }
        all.addAll(matcher.caveats(items));
        sayTwice(all);
        return all;
    }

    private void sayTwice(List<String> all) {
        var known = new HashSet<String>();
        var twice = documents.stream().filter(id -> !known.add(id)).toList();
        if (!twice.isEmpty()) {
            all.add(
                    "%,d documents have an id that an earlier one has, the first '%s': rows don't tell them apart"
                            .formatted(twice.size(), TsvField.readable(twice.getFirst())));
        }
    }
}
