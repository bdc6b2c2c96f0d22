package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An inverted index of a window's documents, restricted to the words that some query asks for.
 *
 * <p>score(q, d) = Σ over the words of q, repeats included, of idf · tf / (tf + k1 (1 − b + b |d| /
 * avgdl)), idf = ln(1 + (N − n + 0.5) / (n + 0.5)): Lucene's variant of BM25 (Robertson and
 * Zaragoza, 2009; Kamphuis et al., 2020), with exact lengths and in double precision. Not
 * thread-safe.
 */
public final class Bm25Index {
    private final double k1;
    private final double b;
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<int[]> queries = new ArrayList<>();
    private final Postings[] postings;
    private final Words words = new Words();
    private final int[] frequencies;
    private final int[] seen;
    private int[] lengths = new int[1 << 10];
    private int documents;

    /**
     * @param queries texts; stop words in them are left out
     */
    public Bm25Index(double k1, double b, List<String> queries) {
        this.k1 = k1;
        this.b = b;
        for (var query : queries) {
            this.queries.add(ids(query));
        }
        postings = new Postings[vocabulary.size()];
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
            int id = vocabulary.idOf(words);
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

    /** Ends the index: every posting is scored, once. */
    public Bm25Scorer scorer() {
        var norms = new double[documents];
        double average = Arrays.stream(lengths, 0, documents).average().orElse(0);
        for (int document = 0; document < documents; document++) {
            norms[document] = k1 * (1 - b + b * lengths[document] / average);
        }
        for (var posting : postings) {
            int n = posting.size();
            posting.weigh(Math.log(1 + (documents - n + 0.5) / (n + 0.5)), norms);
        }
        return new Bm25Scorer(queries, postings, documents);
    }

    private int[] ids(String query) {
        var ids = new ArrayList<Integer>();
        words.read(query.getBytes(StandardCharsets.UTF_8));
        while (words.next()) {
            int id = vocabulary.add(words);
            if (id != Vocabulary.STOP) {
                ids.add(id);
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
