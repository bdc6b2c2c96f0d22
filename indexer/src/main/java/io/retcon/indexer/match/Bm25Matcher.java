package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.BestDocuments;
import io.retcon.indexer.bm25.Bm25Index;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.List;

/**
 * The k documents of the window that share most words with the item, by BM25; its statistics are
 * the window's. A document that shares none is never among them.
 *
 * @param topK documents an item, at most
 */
public record Bm25Matcher(QueryText query, int topK, double k1, double b) implements Matcher {
    public static final double DEFAULT_K1 = 1.5;
    public static final double DEFAULT_B = 0.75;

    private static final int LARGEST_K = 10_000_000;

    public Bm25Matcher {
        requireNonNull(query, "query is null");
        if (topK < 1 || topK > LARGEST_K) {
            throw new RefusedInput(
                    "top-k is %d: say 1 to %d documents an item".formatted(topK, LARGEST_K));
        }
        if (!(k1 >= 0 && k1 < Double.POSITIVE_INFINITY)) {
            throw new RefusedInput("k1 is %s: say 0 or more".formatted(k1));
        }
        if (!(b >= 0 && b <= 1)) {
            throw new RefusedInput("b is %s: say 0 to 1".formatted(b));
        }
    }

    public Bm25Matcher(QueryText query, int topK) {
        this(query, topK, DEFAULT_K1, DEFAULT_B);
    }

    @Override
    public Matching begin(List<Item> items) {
        return new Pass(
                new Bm25Index(k1, b, items.stream().map(query::of).toList()), items.size(), topK);
    }

    private record Pass(Bm25Index index, int items, int topK) implements Matching {
        @Override
        public void add(byte[] text) {
            index.add(text);
        }

        @Override
        public Matches end() {
            var scorer = index.scorer();
            return sink -> {
                var best = new BestDocuments(topK);
                for (int item = 0; item < items; item++) {
                    scorer.score(item, best);
                    sink.accept(new ItemMatches.Scored(item, best.documents(), best.scores()));
                }
            };
        }
    }
}
