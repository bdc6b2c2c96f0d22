package io.retcon.indexer.bm25;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores every posting once, then finds each query's best documents by adding up the weights of its
 * words, a block of documents at a time so that the sums stay in cache. Statistics are those of all
 * parts together. Not thread-safe.
 */
public final class Bm25Scorer {
    private static final int BLOCK = 1 << 15;

    private final QueryWords queries;
    private final List<Part> parts = new ArrayList<>();
    private final ScoreOrder order = new ScoreOrder();
    private final double[] sums = new double[BLOCK];
    private final long[] touched = new long[BLOCK >>> 6];

    /** A part's documents and, for each word, its weights. */
    private record Part(int[] numbers, Weights[] words) {}

    public Bm25Scorer(Bm25 bm25, QueryWords queries, List<? extends IndexedDocuments> parts) {
        this.queries = queries;
        for (var part : parts) {
            this.parts.add(new Part(part.numbers(), new Weights[queries.size()]));
        }
        long documents = this.parts.stream().mapToLong(part -> count(part.numbers())).sum();
        var norms = norms(bm25, parts, documents);
        var postings = new Postings[parts.size()];
        for (int word = 0; word < queries.size(); word++) {
            long n = 0;
            for (int p = 0; p < postings.length; p++) {
                postings[p] = parts.get(p).postings(word);
                n += postings[p].size();
            }
            double idf = Bm25.idf(documents, n);
            for (int p = 0; p < postings.length; p++) {
                this.parts.get(p).words()[word] = postings[p].weigh(idf, norms.get(p));
            }
        }
    }

    /**
     * Puts the best documents of a query, of those that hold any of its words, into {@code best},
     * which it empties.
     */
    public void score(int query, BestDocuments best) {
        best.clear();
        int[] words = queries.query(query);
        for (var part : parts) {
            score(part, words, best);
        }
        best.sort(order);
    }

    private void score(Part part, int[] words, BestDocuments best) {
        var next = new int[words.length];
        int end = part.numbers().length;
        for (int from = 0; from < end; from += BLOCK) {
            for (int i = 0; i < words.length; i++) {
                next[i] = add(part.words()[words[i]], next[i], from);
            }
            offer(part, from, best);
        }
    }

    /** Adds a word's weights in a block of documents; the word's first posting after it. */
    private int add(Weights word, int first, int from) {
        int[] documents = word.documents();
        double[] weights = word.weights();
        int at = first;
        for (; at < documents.length && documents[at] - from < BLOCK; at++) {
            int document = documents[at] - from;
            touched[document >>> 6] |= 1L << document;
            sums[document] += weights[at];
        }
        return at;
    }

    /** Offers the documents of a block in their order, and forgets their sums. */
    private void offer(Part part, int from, BestDocuments best) {
        int[] numbers = part.numbers();
        double least = best.least();
        for (int i = 0; i < touched.length; i++) {
            for (long bits = touched[i]; bits != 0; bits &= bits - 1) {
                int document = (i << 6) + Long.numberOfTrailingZeros(bits);
                double sum = sums[document];
                sums[document] = 0;
                if (sum >= least) {
                    best.offer(numbers[from + document], sum);
                    least = best.least();
                }
            }
            touched[i] = 0;
        }
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

    private static long count(int[] numbers) {
        long count = 0;
        for (int number : numbers) {
            count += number == IndexedDocuments.NONE ? 0 : 1;
        }
        return count;
    }
}
