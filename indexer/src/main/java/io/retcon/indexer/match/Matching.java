package io.retcon.indexer.match;

/** One pass over the documents of a window, which are numbered from 0 as they come. */
public interface Matching extends AutoCloseable {
    /** Takes the next document: its identifier, and its text in UTF-8. */
    default void add(String id, byte[] text) {
        add(text);
    }

    /** Takes the next document, which has no identifier: its text in UTF-8. */
    void add(byte[] text);

    /** What was found; no document comes after this. */
    Matches end();

    /** Lets go of what a pass that does not come to its end holds. */
    @Override
    default void close() {}
}
