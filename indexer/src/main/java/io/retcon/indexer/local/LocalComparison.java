package io.retcon.indexer.local;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemNames;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Two matchers over the same local files, read once. */
public final class LocalComparison {
    private final Matcher first;
    private final Matcher second;
    private final LocalFiles files;

    public LocalComparison(Matcher first, Matcher second, LocalFiles files) {
        this.first = requireNonNull(first, "first is null");
        this.second = requireNonNull(second, "second is null");
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * How far the matchers agree about each item, in the items' order.
     *
     * @param refused gets every line that is no item or no document, and every item that one of the
     *     matchers cannot look for; they are left out
     * @throws RefusedInput if a file cannot be read, or no item is left
     */
    public List<Agreement> run(Consumer<RefusedInput> refused) {
        var items = files.readItems(List.of(first, second), refused);
        var names = ItemNames.of(items);
        var agreements = new ArrayList<Agreement>();
        try (var ofFirst = first.begin(items);
                var ofSecond = second.begin(items)) {
            files.readCorpus(List.of(ofFirst, ofSecond), refused);
            var found = new ArrayList<ItemMatches>();
            ofFirst.end().forEach(found::add);
            ofSecond.end()
                    .forEach(
                            other ->
                                    agreements.add(
                                            Agreement.of(
                                                    names.of(items.get(other.item())).written(),
                                                    found.get(other.item()),
                                                    other)));
        }
        return agreements;
    }
}
