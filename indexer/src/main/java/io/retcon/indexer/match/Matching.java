package io.retcon.indexer.match;

/** One pass over the documents of a window, which are numbered from 0 as they come. */
public interface Matching {
    /** Takes the next document: its text in UTF-8. */
    void add(byte[] text);

    /** What was found; no document comes after this. */
    Matches end();
}
