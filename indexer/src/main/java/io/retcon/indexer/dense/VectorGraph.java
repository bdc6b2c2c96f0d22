package io.retcon.indexer.dense;

import io.retcon.schemas.RefusedInput;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Vectors with Lucene's graph over them, in a folder of its own: built whole or not at all, always
 * the same from the same vectors.
 */
public final class VectorGraph implements Vectors, AutoCloseable {
    /** Documents a graph: a longer search, but less to build than one large graph. */
    private static final int SEGMENT = 1 << 16;

    /** Of vectors in memory before their graph is written, at most. */
    private static final int SEGMENT_BYTES = 1 << 28;

    private final VectorFolder folder;
    private final StoredVectors stored;

    private VectorGraph(VectorFolder folder, Vectors vectors) throws IOException {
        this.folder = folder;
        var kept = folder.keep();
        if (kept.isPresent() && kept.getAsInt() != vectors.documents()) {
            folder.throwAway("are of only %d documents".formatted(kept.getAsInt()));
            kept = OptionalInt.empty();
        }
        if (kept.isEmpty()) {
            build(folder, vectors);
        }
        this.stored = folder.vectors();
    }

    /**
     * Opens the graph of these vectors, or builds it.
     *
     * @param messages told why a graph that is there is thrown away
     * @throws RefusedInput if another process builds it
     */
    public static VectorGraph open(
            Path path, VectorIdentity identity, Vectors vectors, Consumer<String> messages) {
        try {
            var folder = new VectorFolder(path, identity, MMapDirectory::new, messages);
            try {
                return new VectorGraph(folder, vectors);
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (LockObtainFailedException e) {
            throw VectorFolder.inUse(path, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void build(VectorFolder folder, Vectors vectors) throws IOException {
        try (var writer =
                folder.writer(
                        new GraphVectorFormat(),
                        config ->
                                config.setMergePolicy(NoMergePolicy.INSTANCE)
                                        .setMaxBufferedDocs(
                                                Math.clamp(
                                                        SEGMENT_BYTES
                                                                / Float.BYTES
                                                                / vectors.dimension(),
                                                        2,
                                                        SEGMENT)))) {
            var vector = new float[vectors.dimension()];
            for (int document = 0; document < vectors.documents(); document++) {
                vectors.read(document, 1, vector);
                writer.addDocument(VectorFolder.document(document, vector));
            }
            folder.commit(writer, vectors.documents());
        }
    }

    IndexReader reader() {
        return stored.reader();
    }

    @Override
    public int documents() {
        return stored.documents();
    }

    @Override
    public int dimension() {
        return stored.dimension();
    }

    @Override
    public void read(int first, int count, float[] rows) {
        stored.read(first, count, rows);
    }

    @Override
    public void close() {
        stored.close();
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
