package io.retcon.indexer.bm25;

import java.util.List;

/**
 * Finds each query's best documents by adding up the weights of its words' postings, a block of
 * documents at a time so that the sums stay in cache. Not thread-safe.
 */
public final class Bm25Scorer {
    private static final int BLOCK = 1 << 15;

    private final List<int[]> queries;
    private final Postings[] postings;
    private final int documents;
    private final double[] sums = new double[BLOCK];
    private final int[] touched = new int[BLOCK + 1];

    Bm25Scorer(List<int[]> queries, Postings[] postings, int documents) {
        this.queries = queries;
        this.postings = postings;
        this.documents = documents;
    }

    /**
     * Puts the best documents of a query, of those that hold any of its words, into {@code best},
     * which it empties.
     */
    public void score(int query, BestDocuments best) {
        best.clear();
        int[] words = queries.get(query);
        var next = new int[words.length];
        for (int from = 0; from < documents; from += BLOCK) {
            int touchedCount = 0;
            for (int i = 0; i < words.length; i++) {
                var word = postings[words[i]];
                int at = next[i];
                for (; at < word.size() && word.document(at) - from < BLOCK; at++) {
                    int document = word.document(at) - from;
                    double sum = sums[document];
                    touched[touchedCount] = document;
                    touchedCount += sum == 0 ? 1 : 0;
                    sums[document] = sum + word.weight(at);
                }
                next[i] = at;
            }
            for (int i = 0; i < touchedCount; i++) {
                best.offer(from + touched[i], sums[touched[i]]);
                sums[touched[i]] = 0;
            }
        }
        best.sort();
    }
}
