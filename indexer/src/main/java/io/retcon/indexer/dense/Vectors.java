package io.retcon.indexer.dense;

/** The vectors of some documents, numbered from 0, all of one dimension. Thread-safe to read. */
public interface Vectors {
    int documents();

    int dimension();

    /**
     * Reads a stretch of them.
     *
     * @param rows gets {@code count} vectors, one after the other, from its start
     */
    void read(int first, int count, float[] rows);
}
