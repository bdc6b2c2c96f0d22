package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Queries as lists of numbered words, and the vocabulary of all of them. Immutable. */
public final class QueryWords {
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

    /** The words of a query, in order, repeats included. */
    int[] query(int query) {
        return queries.get(query);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }
}
