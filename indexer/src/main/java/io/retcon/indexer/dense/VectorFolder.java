package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A folder with a Lucene index of vectors, one a document, in document order: what of it can be
 * gone on with, and how it is written.
 */
final class VectorFolder implements AutoCloseable {
    private static final String NUMBER = "number";

    private final Path path;
    private final VectorIdentity identity;
    private final Consumer<String> messages;
    private final Directory directory;

    /**
     * @param open how its files are read: mapped into memory only where they are jumped about in
     */
    VectorFolder(Path path, VectorIdentity identity, Opening open, Consumer<String> messages)
            throws IOException {
        this.path = requireNonNull(path, "path is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.messages = requireNonNull(messages, "messages is null");
        this.directory = open.directory(path);
    }

    /** A kind of Lucene directory. */
    interface Opening {
        Directory directory(Path path) throws IOException;
    }

    VectorIdentity identity() {
        return identity;
    }

    /**
     * How many documents are there, if anything is. What is damaged (every file's checksum and
     * every document's number are looked at) or of other documents or another encoder's is thrown
     * away first, with a message.
     */
    OptionalInt keep() throws IOException {
        if (files().isEmpty()) {
            return OptionalInt.empty();
        }
        String why;
        try (var reader = DirectoryReader.open(directory)) {
            var said = reader.getIndexCommit().getUserData();
            if (said.equals(identity.commitData(reader.maxDoc()))) {
                check(reader);
                return OptionalInt.of(reader.maxDoc());
            }
            why = "are of other documents, or another encoder's";
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | EOFException
                | FileNotFoundException
                | NoSuchFileException e) {
            why = "are not whole (%s)".formatted(e.getMessage());
        }
        throwAway(why);
        return OptionalInt.empty();
    }

    /**
     * Deletes the index.
     *
     * @param why as the message goes on after 'the vectors in …'
     */
    void throwAway(String why) throws IOException {
        try (var lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (var file : files()) {
                directory.deleteFile(file);
            }
        }
        messages.accept("the vectors in %s %s: making them anew".formatted(path, why));
    }

    static RefusedInput inUse(Path path, LockObtainFailedException e) {
        return new RefusedInput(
                "the vectors in %s are in use: stop the process that has them open".formatted(path),
                e);
    }

    private List<String> files() throws IOException {
        var files = new ArrayList<>(List.of(directory.listAll()));
        files.remove(IndexWriter.WRITE_LOCK_NAME);
        return files;
    }

    private static void check(DirectoryReader reader) throws IOException {
        for (var leaf : reader.leaves()) {
            ((CodecReader) leaf.reader()).checkIntegrity();
            var numbers = leaf.reader().getNumericDocValues(NUMBER);
            int next = leaf.docBase;
            while (numbers != null
                    && numbers.nextDoc() != DocIdSetIterator.NO_MORE_DOCS
                    && numbers.longValue() == next) {
                next++;
            }
            if (next != leaf.docBase + leaf.reader().maxDoc()) {
                throw new CorruptIndexException("document %d is missing".formatted(next), NUMBER);
            }
        }
    }

    /**
     * A writer that appends, and whose segments end at the same documents in every run.
     *
     * @param settings adds what this kind of index needs
     */
    IndexWriter writer(KnnVectorsFormat format, Consumer<IndexWriterConfig> settings)
            throws IOException {
        var config =
                new IndexWriterConfig()
                        .setCodec(
                                new Lucene104Codec() {
                                    @Override
                                    public KnnVectorsFormat getKnnVectorsFormatForField(
                                            String field) {
                                        return format;
                                    }
                                })
                        .setCommitOnClose(false)
                        .setMergeScheduler(new SerialMergeScheduler())
                        .setUseCompoundFile(false);
        settings.accept(config);
        config.setRAMBufferSizeMB(IndexWriterConfig.DISABLE_AUTO_FLUSH);
        return new IndexWriter(directory, config);
    }

    static Document document(int number, float[] vector) {
        var document = new Document();
        document.add(
                new KnnFloatVectorField(
                        StoredVectors.VECTOR,
                        vector,
                        VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));
        document.add(new NumericDocValuesField(NUMBER, number));
        return document;
    }

    void commit(IndexWriter writer, int count) throws IOException {
        writer.setLiveCommitData(identity.commitData(count).entrySet());
        writer.commit();
    }

    StoredVectors vectors() throws IOException {
        return new StoredVectors(DirectoryReader.open(directory), identity.dimension());
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
