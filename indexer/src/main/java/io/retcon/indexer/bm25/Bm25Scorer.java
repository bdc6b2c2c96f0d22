package io.retcon.indexer.bm25;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of queries with what each adds to the score of each document. Statistics are those of
 * all parts together; how documents are spread over parts changes no bit of a score. Not
 * thread-safe.
 */
public final class Bm25Scorer {
    private final QueryWords queries;
    private final WordRanking[] words;
    private final int documents;

    public Bm25Scorer(Bm25 bm25, QueryWords queries, List<? extends IndexedDocuments> parts) {
        this.queries = queries;
        words = new WordRanking[queries.size()];
        var numbers = new ArrayList<int[]>();
        for (var part : parts) {
            numbers.add(part.numbers());
        }
        int count = 0;
        int last = -1;
        for (int[] ofPart : numbers) {
            for (int number : ofPart) {
                count += number == IndexedDocuments.NONE ? 0 : 1;
                last = Math.max(last, number);
            }
        }
        documents = last + 1;
        var norms = norms(bm25, parts, count);
        var postings = new Postings[parts.size()];
        for (int word : queries.ordered()) {
            int n = 0;
            for (int p = 0; p < postings.length; p++) {
                postings[p] = parts.get(p).postings(word);
                n += postings[p].size();
            }
            double idf = Bm25.idf(count, n);
            var holders = new int[n];
            var weights = new long[n];
            int from = 0;
            for (int p = 0; p < postings.length; p++) {
                postings[p].weigh(idf, norms.get(p), weights, from);
                from = postings[p].moveTo(numbers.get(p), holders, from);
            }
            words[word] = new WordRanking(holders, weights);
        }
    }

    /**
     * Begins to rank documents.
     *
     * @param k documents a query, at most
     */
    public Rankings rankings(int k) {
        return new Rankings(queries, words, documents, k);
    }

    /** A part each: what each document's length adds to frequencies. */
    private static List<double[]> norms(
            Bm25 bm25, List<? extends IndexedDocuments> parts, long documents) {
        long words = 0;
        var lengths = new ArrayList<int[]>();
        for (var part : parts) {
            lengths.add(part.lengths());
            for (int length : lengths.getLast()) {
                words += length;
            }
        }
        double average = documents == 0 ? 0 : (double) words / documents;
        var norms = new ArrayList<double[]>();
        for (int[] ofPart : lengths) {
            var norm = new double[ofPart.length];
            for (int i = 0; i < norm.length; i++) {
                norm[i] = bm25.norm(ofPart[i], average);
            }
            norms.add(norm);
        }
        return norms;
    }
}
