package io.retcon.indexer.bm25;

import java.util.Arrays;
import java.util.List;

/**
 * An inverted index of a window's documents in memory, restricted to the words that some query asks
 * for. Not thread-safe.
 */
public final class Bm25Index implements IndexedDocuments {
    private final Bm25 bm25;
    private final QueryWords queries;
    private final Postings[] postings;
    private final Words words = new Words();
    private final int[] frequencies;
    private final int[] seen;
    private int[] lengths = new int[1 << 10];
    private int documents;

    public Bm25Index(Bm25 bm25, List<String> queries) {
        this.bm25 = bm25;
        this.queries = new QueryWords(bm25.tokenization(), queries);
        postings = new Postings[this.queries.size()];
        Arrays.setAll(postings, id -> new Postings());
        frequencies = new int[postings.length];
        seen = new int[postings.length];
    }

    /** Takes the next document, in UTF-8. */
    public void add(byte[] text) {
        int length = 0;
        int distinct = 0;
        words.read(text);
        while (words.next()) {
            int id = queries.vocabulary().idOf(words);
            if (id == Vocabulary.STOP) {
                continue;
            }
            length++;
            if (id != Vocabulary.UNKNOWN && frequencies[id]++ == 0) {
                seen[distinct++] = id;
            }
        }
        for (int i = 0; i < distinct; i++) {
            postings[seen[i]].add(documents, frequencies[seen[i]]);
            frequencies[seen[i]] = 0;
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
