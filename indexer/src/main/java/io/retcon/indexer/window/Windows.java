package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.WindowIndexes;
import io.retcon.indexer.match.Encoders;

/**
 * What an indexer has of windows on its disk, and the encoders that it may use.
 *
 * @param vectors where what the encoders said of windows lies
 */
record Windows(WindowIndexes indexes, VectorFolders vectors, Encoders encoders) {
    Windows {
        requireNonNull(indexes, "indexes is null");
        requireNonNull(vectors, "vectors is null");
        requireNonNull(encoders, "encoders is null");
    }
}
