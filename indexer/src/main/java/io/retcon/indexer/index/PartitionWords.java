package io.retcon.indexer.index;

import io.retcon.indexer.bm25.IndexedDocuments;
import io.retcon.indexer.bm25.Postings;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.bm25.Tokenization;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The words of a partition's documents, as BM25 wants them. Not thread-safe. */
final class PartitionWords implements IndexedDocuments {
    private final DirectoryReader reader;
    private final QueryWords queries;
    private final Tokenization tokenization;
    private final int[] numbers;
    private final BytesRef word = new BytesRef();
    private final DocAndFloatFeatureBuffer block = new DocAndFloatFeatureBuffer();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> found = new ArrayList<>();

    /** A segment that has words; what reads postings is kept from word to word. */
    private static final class Segment {
        private final int base;
        private final TermsEnum words;
        private PostingsEnum postings;

        Segment(int base, TermsEnum words) {
            this.base = base;
            this.words = words;
        }

        /** Whether it has the word at hand, whose documents are then read next. */
        boolean find(BytesRef word) throws IOException {
            if (!words.seekExact(word)) {
                return false;
            }
            postings = words.postings(postings, PostingsEnum.FREQS);
            return true;
        }
    }

    /**
     * @param numbers each entry's number in the window
     */
    PartitionWords(
            DirectoryReader reader, QueryWords queries, Tokenization tokenization, int[] numbers) {
        this.reader = reader;
        this.queries = queries;
        this.tokenization = tokenization;
        this.numbers = numbers;
        try {
            for (var leaf : reader.leaves()) {
                var words = leaf.reader().terms(Entry.WORD);
                if (words != null) {
                    segments.add(new Segment(leaf.docBase, words.iterator()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int[] numbers() {
        return numbers;
    }

    @Override
    public int[] lengths() {
        var lengths = new int[reader.maxDoc()];
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                var values = leaf.reader().getNumericDocValues(Entry.words(tokenization));
                while (values != null && values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    lengths[leaf.docBase + values.docID()] = (int) values.longValue();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lengths;
    }

    @Override
    public Postings postings(int id) {
        var spelled = queries.word(id);
        IndexedWord.set(word, spelled, 0, spelled.length);
        try {
            int documents = 0;
            found.clear();
            for (var segment : segments) {
                if (segment.find(word)) {
                    documents += segment.words.docFreq();
                    found.add(segment);
                }
            }
            var postings = new Postings(documents);
            for (var segment : found) {
                add(segment.postings, segment.base, postings);
            }
            return postings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Block by block; frequencies come as floats, which are exact to 16 million. */
    private void add(PostingsEnum found, int base, Postings postings) throws IOException {
        found.nextDoc();
        found.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
        while (block.size > 0) {
            postings.add(block.docs, block.features, block.size, base);
            found.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
        }
    }
}
