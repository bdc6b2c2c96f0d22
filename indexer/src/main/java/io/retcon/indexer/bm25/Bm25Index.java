package io.retcon.indexer.bm25;

import java.util.Arrays;
import java.util.List;

/**
 * An inverted index of a window's documents in memory, restricted to the words that some query asks
 * for. Not thread-safe.
 */
public final class Bm25Index implements IndexedDocuments {
    /** Words that have no postings: those that are unknown, and stop words. */
    private static final int BEFORE = 2;

    private final Bm25 bm25;
    private final QueryWords queries;
    private final Postings[] postings;
    private final Words words = new Words();
    private final int[] frequencies;
    private final int[] seen;
    private int[] asked = new int[1 << 10];
    private int[] lengths = new int[1 << 10];
    private int documents;

    public Bm25Index(Bm25 bm25, List<String> queries) {
        this.bm25 = bm25;
        this.queries = new QueryWords(bm25.tokenization(), queries);
        postings = new Postings[this.queries.size()];
        Arrays.setAll(postings, id -> new Postings());
        frequencies = new int[BEFORE + postings.length];
        seen = new int[BEFORE + postings.length + 1];
    }

    /** Takes the next document, in UTF-8. */
    public void add(byte[] text) {
        words.read(text);
        if (asked.length < words.count()) {
            asked = new int[2 * words.count()];
        }
        var vocabulary = queries.vocabulary();
        int count = vocabulary.sift(words, asked);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            words.moveTo(asked[i]);
            int place = vocabulary.idOf(words) + BEFORE;
            seen[distinct] = place;
            distinct += frequencies[place]++ == 0 ? 1 : 0;
        }
        int length = words.count() - frequencies[Vocabulary.STOP + BEFORE];
        for (int i = 0; i < distinct; i++) {
            int place = seen[i];
            if (place >= BEFORE) {
                postings[place - BEFORE].add(documents, frequencies[place]);
            }
            frequencies[place] = 0;
        }
        if (documents == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * documents);
        }
        lengths[documents++] = length;
    }

    public int queries() {
        return queries.queries();
    }

    /** Ends the index: no document comes after this. */
    public Bm25Scorer scorer() {
        return new Bm25Scorer(bm25, queries, List.of(this));
    }

    @Override
    public int[] numbers() {
        var numbers = new int[documents];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    @Override
    public int[] lengths() {
        return Arrays.copyOf(lengths, documents);
    }

    @Override
    public Postings postings(int word) {
        return postings[word];
    }
}
