package io.retcon.indexer.dense;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsReader;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

import java.io.IOException;

/**
 * Lucene's vectors with a navigable graph over them (HNSW, Malkov and Yashunin, 2018), whose inner
 * products {@link FixedOrderScorer} takes: built twice from the same vectors it is the same graph.
 * Lucene finds this class by its name in the index.
 */
public final class GraphVectorFormat extends KnnVectorsFormat {
    private static final int NEIGHBOURS = 16;
    private static final int BEAM = 100;

    private static final FlatVectorsFormat FLAT =
            new Lucene99FlatVectorsFormat(new FixedOrderScorer());

    public GraphVectorFormat() {
        super("RetconGraphVectors");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return new Lucene99HnswVectorsWriter(
                state, NEIGHBOURS, BEAM, FLAT, FLAT.fieldsWriter(state), 1, null);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return new Lucene99HnswVectorsReader(state, FLAT.fieldsReader(state));
    }

    @Override
    public int getMaxDimensions(String field) {
        return PlainVectorFormat.MAXIMUM_DIMENSION;
    }
}
