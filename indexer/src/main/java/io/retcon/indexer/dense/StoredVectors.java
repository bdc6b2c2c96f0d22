package io.retcon.indexer.dense;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The vectors of a Lucene index in which every document has one and none was deleted. */
public final class StoredVectors implements Vectors, AutoCloseable {
    static final String VECTOR = "vector";

    private final DirectoryReader reader;
    private final List<LeafReaderContext> leaves;
    private final int dimension;

    StoredVectors(DirectoryReader reader, int dimension) {
        this.reader = reader;
        this.leaves = reader.leaves();
        this.dimension = dimension;
    }

    @Override
    public int documents() {
        return reader.maxDoc();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    DirectoryReader reader() {
        return reader;
    }

    @Override
    public void read(int first, int count, float[] rows) {
        try {
            int read = 0;
            while (read < count) {
                var leaf = leaves.get(ReaderUtil.subIndex(first + read, leaves));
                var values = leaf.reader().getFloatVectorValues(VECTOR);
                int ordinal = first + read - leaf.docBase;
                for (; read < count && ordinal < values.size(); read++, ordinal++) {
                    System.arraycopy(
                            values.vectorValue(ordinal), 0, rows, read * dimension, dimension);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
