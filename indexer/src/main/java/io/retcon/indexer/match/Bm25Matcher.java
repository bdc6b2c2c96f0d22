package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Bm25Index;
import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents of the window that share most words with the item, by BM25; its statistics are the
 * window's. A document that shares none is never among them.
 */
public record Bm25Matcher(QueryText query, Bm25 bm25, Cut cut) implements Matcher {
    public Bm25Matcher {
        requireNonNull(query, "query is null");
        requireNonNull(bm25, "bm25 is null");
        requireNonNull(cut, "cut is null");
    }

    @Override
    public void check(Item item) {
        query.of(item);
    }

    @Override
    public Matching begin(List<Item> items) {
        return new Pass(new Bm25Index(bm25, queries(items)));
    }

    @Override
    public List<String> caveats(List<Item> items) {
        var words = new QueryWords(bm25.tokenization(), queries(items));
        var places = new IdentityHashMap<Item, Integer>();
        for (int i = 0; i < items.size(); i++) {
            places.put(items.get(i), i);
        }
        return Stream.of(
                        new ItemCaveat(
                                "ask no word that counts, so they match nothing: words have two"
                                    + " letters or more, and stop words are left out unless tokens"
                                    + " is words",
                                item -> words.isEmpty(places.get(item))),
                        new ItemCaveat(
                                "ask in a script without blanks between words, of which bm25"
                                        + " compares whole phrases: use dense or cooccurrence",
                                item -> UnspacedText.isIn(query.of(item))))
                .flatMap(caveat -> caveat.of(items).stream())
                .toList();
    }

    /**
     * What is asked for each item.
     *
     * @throws RefusedInput naming the first item that lacks a part of it
     */
    public List<String> queries(List<Item> items) {
        return items.stream().map(query::of).toList();
    }

    /** What a scorer finds for each of {@code items} queries. */
    public Matches matches(Bm25Scorer scorer, int items) {
        return sink -> {
            var rankings = scorer.rankings(cut.most());
            for (int item = 0; item < items; item++) {
                sink.accept(cut.of(item, rankings.of(item)));
            }
        };
    }

    private final class Pass implements Matching {
        private final Bm25Index index;

        Pass(Bm25Index index) {
            this.index = index;
        }

        @Override
        public void add(byte[] text) {
            index.add(text);
        }

        @Override
        public Matches end() {
            return matches(index.scorer(), index.queries());
        }
    }
}
