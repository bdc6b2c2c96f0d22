package io.retcon.indexer.bm25;

/** A part of a window's documents with their words, numbered from 0 within the part. */
public interface IndexedDocuments {
    /** A number within the part that no document has. */
    int NONE = -1;

    /** Each one's number in the window, ascending; {@link #NONE} where there is no document. */
    int[] numbers();

    /** How many words that count each one has; 0 where there is no document. */
    int[] lengths();

    /** The documents of this part that hold a word of the queries. */
    Postings postings(int word);
}
