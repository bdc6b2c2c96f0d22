package io.retcon.deploy.bench;

import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.bm25.Tokenization;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Lucene's own search over the index that ours wrote: a disjunction of the query's distinct words.
 * The index has no norms, so lengths do not count; that only makes it less work.
 */
final class LucenePeer implements AutoCloseable {
    private static final String WORD = "word";

    private final Tokenization tokenization;
    private final MMapDirectory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    LucenePeer(Path files, Tokenization tokenization) {
        this.tokenization = tokenization;
        try {
            directory = new MMapDirectory(files);
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        searcher.setSimilarity(new BM25Similarity(1.5f, 0));
    }

    /** How many documents it finds, at most {@code k}. */
    int search(String query, int k) {
        var words = new QueryWords(tokenization, List.of(query));
        var any = new BooleanQuery.Builder();
        for (int id = 0; id < words.size(); id++) {
            any.add(new TermQuery(new Term(WORD, new BytesRef(words.word(id)))), Occur.SHOULD);
        }
        try {
            return searcher.search(any.build(), new TopScoreDocCollectorManager(k, k))
                    .scoreDocs
                    .length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
