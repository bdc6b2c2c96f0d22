package io.retcon.indexer.dense;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

import java.io.IOException;

/**
 * Lucene's vectors as they are, without a graph, which the exact search would not look at. Lucene
 * finds this class by its name in the index.
 */
public final class PlainVectorFormat extends KnnVectorsFormat {
    static final int MAXIMUM_DIMENSION = 1 << 14;

    private static final FlatVectorsFormat FLAT =
            new Lucene99FlatVectorsFormat(new FixedOrderScorer());

    public PlainVectorFormat() {
        super("RetconPlainVectors");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return FLAT.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return FLAT.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MAXIMUM_DIMENSION;
    }
}
