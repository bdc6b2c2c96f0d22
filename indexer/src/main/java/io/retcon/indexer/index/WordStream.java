package io.retcon.indexer.index;

import io.retcon.indexer.bm25.DocumentWords;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.util.BytesRef;

/**
 * A document's distinct words, each with its frequency: Lucene then has to look each one up once.
 */
final class WordStream extends TokenStream {
    private final DocumentWords words;
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
    private final BytesRef bytes = new BytesRef();
    private int next;

    WordStream(DocumentWords words) {
        this.words = words;
    }

    @Override
    public void reset() {
        clearAttributes(); // Once a document: nothing but these two changes from word to word.
        next = 0;
    }

    @Override
    public boolean incrementToken() {
        if (next == words.distinct()) {
            return false;
        }
        IndexedWord.set(bytes, words.text(), words.start(next), words.end(next));
        term.setBytesRef(bytes);
        frequency.setTermFrequency(words.frequency(next));
        next++;
        return true;
    }
}
