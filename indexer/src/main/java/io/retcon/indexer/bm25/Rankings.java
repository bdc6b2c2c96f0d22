package io.retcon.indexer.bm25;

import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Finds the best documents of one query after the other. What queries share is added up and ranked
 * once; the order of the questions decides how fast it goes, never what is found. Not thread-safe.
 */
public final class Rankings {
    /** Of shared rankings, the one at hand aside. */
    private static final long MOST_BYTES = 128 << 20;

    private final WordRanking[] words;
    private final SharedWords plan;
    private final DocumentSums sums;

    /** The one used longest ago comes first. */
    private final LinkedHashMap<Integer, SharedRanking> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /**
     * @param words of the queries
     * @param documents in the window
     * @param k documents a query, at most
     */
    Rankings(QueryWords queries, WordRanking[] words, int documents, int k) {
        this.words = words;
        plan = new SharedWords(queries, words);
        sums = new DocumentSums(documents, k);
    }

    /** The best documents of a query, of those that hold any of its words. */
    public Ranking of(int query) {
        sums.load(shared(query));
        return sums.ranking(rankings(plan.own(query)));
    }

    private SharedRanking shared(int query) {
        var known = kept.get(plan.group(query));
        if (known != null) {
            return known;
        }
        var made = sums.sharedBy(rankings(plan.shared(query)));
        bytes += made.bytes();
        for (var oldest = kept.values().iterator(); bytes > MOST_BYTES && oldest.hasNext(); ) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
        kept.put(plan.group(query), made);
        return made;
    }

    private WordRanking[] rankings(int[] ids) {
        var rankings = new WordRanking[ids.length];
        Arrays.setAll(rankings, i -> words[ids[i]]);
        return rankings;
    }
}
