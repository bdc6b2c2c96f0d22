package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Queries as lists of numbered words, and the vocabulary of all of them. Immutable. */
public final class QueryWords {
    /** Of a word, by which it is put in order. */
    private static final int STARTING_BYTES = 4;

    private final Vocabulary vocabulary;
    private final List<int[]> queries = new ArrayList<>();
    private final List<byte[]> spelled = new ArrayList<>();

    /**
     * @param queries texts; the words that do not count are left out
     */
    public QueryWords(Tokenization tokenization, List<String> queries) {
        vocabulary = new Vocabulary(tokenization);
        var words = new Words();
        for (var query : queries) {
            var ids = new ArrayList<Integer>();
            words.read(query.getBytes(StandardCharsets.UTF_8));
            while (words.next()) {
                int id = vocabulary.add(words);
                if (id == spelled.size()) {
                    spelled.add(words.copy());
                }
                if (id != Vocabulary.STOP) {
                    ids.add(id);
                }
            }
            this.queries.add(ids.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    public int queries() {
        return queries.size();
    }

    /** Distinct words in all queries, numbered from 0. */
    public int size() {
        return spelled.size();
    }

    /** The word's UTF-8. */
    public byte[] word(int id) {
        return spelled.get(id).clone();
    }

    /**
     * All words, as good as in the order of their bytes: an index on disk finds neighbours faster.
     */
    int[] ordered() {
        var keys = new long[size()];
        for (int id = 0; id < keys.length; id++) {
            var word = spelled.get(id);
            long start = 0;
            for (int i = 0; i < STARTING_BYTES; i++) {
                start = start << Byte.SIZE | (i < word.length ? word[i] & 0xFF : 0);
            }
            keys[id] = start << Integer.SIZE | id;
        }
        Arrays.sort(keys);
        var ordered = new int[keys.length];
        Arrays.setAll(ordered, i -> (int) keys[i]);
        return ordered;
    }

    /** Whether no word of a query counts. */
    public boolean isEmpty(int query) {
        return queries.get(query).length == 0;
    }

    /** The words of a query, in order, repeats included. */
    int[] query(int query) {
        return queries.get(query);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }
}
