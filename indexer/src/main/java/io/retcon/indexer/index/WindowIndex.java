package io.retcon.indexer.index;

import io.retcon.indexer.bm25.IndexedDocuments;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.bm25.Tokenization;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;

import org.apache.lucene.index.DirectoryReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A window of a run, whole: its partitions' indexes as one, in training order. That nothing is
 * missing, twice or changed was checked when it was opened, against the files' checksums and the
 * steps' manifests. Not thread-safe.
 */
public final class WindowIndex implements WindowDocuments, AutoCloseable {
    private final Window window;
    private final int sequencesPerStep;
    private final List<DirectoryReader> readers;
    private final List<int[]> numbers = new ArrayList<>();
    private final String identity;
    private int documents;

    /** Takes the documents of a window one by one. */
    public interface TextSink {
        /** Where the next document lies, and its text in UTF-8. */
        void document(DocumentRef place, byte[] text);

        /** All documents of one more sequence were given. */
        void endOfSequence();
    }

    private interface Step {
        void accept(PartitionCursor cursor, int partition) throws IOException;
    }

    /**
     * @param readers one a partition; closed with this
     * @throws DamagedIndex if they do not hold the window that the manifests describe
     */
    WindowIndex(List<DirectoryReader> readers, RunManifests manifests, String run, Window window)
            throws IOException {
        var manifest = manifests.of(run);
        this.readers = List.copyOf(readers);
        this.window = window;
        this.sequencesPerStep = manifest.getSequencesPerStep();
        for (var reader : readers) {
            var ofPartition = new int[reader.maxDoc()];
            Arrays.fill(ofPartition, IndexedDocuments.NONE);
            numbers.add(ofPartition);
        }
        var check = new StepChecks(manifests, run);
        each(
                (cursor, partition) -> {
                    if (cursor.isSequence()) {
                        check.sequence(cursor.sequence(), cursor.checksum());
                    } else {
                        numbers.get(partition)[cursor.entry()] = documents++;
                    }
                });
        check.end(window);
        var steps = new Sha256().update(manifest.getTokenizerSha256().orElse(""));
        for (long step = window.from(); step < window.to(); step++) {
            steps.update("|" + manifests.step(run, step).orElseThrow().getCrc32c());
        }
        identity = "%s %s %s".formatted(run, window, steps.hex());
    }

    @Override
    public int size() {
        return documents;
    }

    @Override
    public void forEach(Consumer<DocumentRef> sink) {
        read(
                (cursor, _) -> {
                    if (!cursor.isSequence()) {
                        sink.accept(cursor.document(sequencesPerStep));
                    }
                });
    }

    /** Gives every text, in training order. */
    public void texts(TextSink sink) {
        read(
                (cursor, _) -> {
                    if (cursor.isSequence()) {
                        sink.endOfSequence();
                    } else {
                        sink.document(cursor.document(sequencesPerStep), cursor.text());
                    }
                });
    }

    /**
     * Names what decides the documents and their texts: the same for the same, and for no other.
     */
    public String identity() {
        return identity;
    }

    /** Every sequence of the window. */
    public long sequences() {
        return window.steps() * sequencesPerStep;
    }

    /** The words of all documents, a part a partition. */
    public List<IndexedDocuments> words(QueryWords queries, Tokenization tokenization) {
        var parts = new ArrayList<IndexedDocuments>();
        for (int partition = 0; partition < readers.size(); partition++) {
            parts.add(
                    new PartitionWords(
                            readers.get(partition), queries, tokenization, numbers.get(partition)));
        }
        return parts;
    }

    private void read(Step step) {
        try {
            each(step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every entry, sequence after sequence, from partition g mod P for each g. */
    private void each(Step step) throws IOException {
        var cursors = readers.stream().map(PartitionCursor::new).toList();
        long end = window.to() * sequencesPerStep;
        for (long g = window.from() * sequencesPerStep; g < end; g++) {
            int partition = (int) (g % readers.size());
            var cursor = cursors.get(partition);
            boolean whole = false;
            while (!whole && cursor.next()) {
                if (cursor.sequence() != g) {
                    throw new DamagedIndex(
                            "sequence %d is where %d should be".formatted(cursor.sequence(), g));
                }
                step.accept(cursor, partition);
                whole = cursor.isSequence();
            }
        }
    }

    @Override
    public void close() {
        try {
            for (var reader : readers) {
                reader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
