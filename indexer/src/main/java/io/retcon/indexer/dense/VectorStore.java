package io.retcon.indexer.dense;

import io.retcon.schemas.RefusedInput;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The vectors of a window's documents on disk, as far as they are encoded: a Lucene index that is
 * only appended to, in document order.
 *
 * <p>A commit says how many there are and whose they are, so that after a crash encoding goes on
 * with the document that {@link #documents} names. What is found damaged when it is opened, or of
 * other documents or another encoder, is thrown away with a message. Not thread-safe.
 */
public final class VectorStore implements AutoCloseable {
    /** Of vectors in memory before they are written. */
    private static final int BUFFER_BYTES = 64 << 20;

    /** Documents in memory, at most. */
    private static final int BUFFER = 1 << 16;

    private final VectorFolder folder;
    private final IndexWriter writer;
    private int documents;

    private VectorStore(VectorFolder folder) throws IOException {
        this.folder = folder;
        this.documents = folder.keep().orElse(0);
        int buffered =
                Math.clamp(BUFFER_BYTES / Float.BYTES / folder.identity().dimension(), 2, BUFFER);
        // Merges neighbours only, so that documents stay in order.
        this.writer =
                folder.writer(
                        new PlainVectorFormat(),
                        config ->
                                config.setMergePolicy(new LogDocMergePolicy())
                                        .setMaxBufferedDocs(buffered));
    }

    /**
     * Opens the store in a folder of its own, or makes it.
     *
     * @param messages told why a store that is there is thrown away
     * @throws RefusedInput if another process has it open
     */
    public static VectorStore open(Path path, VectorIdentity identity, Consumer<String> messages) {
        try {
            var folder = new VectorFolder(path, identity, NIOFSDirectory::new, messages);
            try {
                return new VectorStore(folder);
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

    /** How many documents are encoded: the number of the next one. */
    public int documents() {
        return documents;
    }

    /** Takes the next document's vector. */
    public void add(float[] vector) {
        if (vector.length != folder.identity().dimension()) {
            throw new IllegalArgumentException(
                    "a vector has %d components".formatted(vector.length));
        }
        try {
            writer.addDocument(VectorFolder.document(documents, vector));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents++;
    }

    /** Makes sure that what was added is still there after a crash. */
    public void commit() {
        try {
            folder.commit(writer, documents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits, and gives all vectors; to be closed before the store is. */
    public StoredVectors vectors() {
        commit();
        try {
            return folder.vectors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops what was not committed. */
    @Override
    public void close() {
        try (folder) {
            writer.rollback();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
