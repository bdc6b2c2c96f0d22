package io.retcon.indexer.index;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.bm25.IndexedDocuments;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.NIOFSDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The index that a partition of a window has, over texts that come from no topic: to measure it.
 * Not thread-safe.
 */
public final class TextIndex implements AutoCloseable {
    private static final RunManifest MANIFEST =
            RunManifest.newBuilder()
                    .setSequencesPerStep(1)
                    .setTokensPerSequence(1)
                    .setPartitions(1)
                    .setSteps(Integer.MAX_VALUE)
                    .setVocabulary(1)
                    .setWidth(TokenWidth.U16)
                    .setEos(0)
                    .build();

    private final NIOFSDirectory directory;
    private final PartitionWriter writer;
    private int[] numbers = new int[1 << 10];
    private int entries;
    private int documents;

    /**
     * Begins an empty index.
     *
     * @param folder to put its files into
     */
    public TextIndex(Path folder) {
        try {
            directory = new NIOFSDirectory(folder);
            var window = new Window(0, MANIFEST.getSteps());
            writer = new PartitionWriter(directory, new WindowPartition("", MANIFEST, window, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the documents of one sequence, in UTF-8. */
    public void add(List<byte[]> texts) {
        var spans = texts.stream().map(text -> new DocumentSpan("", 0, 1)).toList();
        try {
            writer.add(spans, texts, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (entries + texts.size() >= numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * (entries + texts.size()));
        }
        for (int i = 0; i < texts.size(); i++) {
            numbers[entries++] = documents++;
        }
        numbers[entries++] = IndexedDocuments.NONE;
    }

    /** Ends the index and reads the queries' words from it: no document comes after this. */
    public Bm25Scorer scorer(Bm25 bm25, List<String> queries) {
        try {
            writer.commit();
            var words = new QueryWords(bm25.tokenization(), queries);
            try (var reader = DirectoryReader.open(directory)) {
                var ours = Arrays.copyOf(numbers, entries);
                var part = new PartitionWords(reader, words, bm25.tokenization(), ours);
                return new Bm25Scorer(bm25, words, List.of(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
