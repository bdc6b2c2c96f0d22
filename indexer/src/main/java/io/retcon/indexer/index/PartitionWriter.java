package io.retcon.indexer.index;

import io.retcon.schemas.record.DocumentSpan;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends the sequences of a partition to its index. The next sequence that it needs is written
 * with each commit, in the commit's own data: what a crash takes away is the sequences after it,
 * and they come again. Segments are merged in order only. Not thread-safe.
 */
final class PartitionWriter implements AutoCloseable {
    private static final String NEXT = "next";
    private static final double BUFFER_MB = 64;
    private static final double SMALL_SEGMENT_MB = 4;
    private static final double LARGE_SEGMENT_MB = 32;
    private static final long BYTES_PER_COMMIT = 128 << 20;

    private final WindowPartition partition;
    private final IndexWriter writer;
    private final Entry entry = new Entry();
    private boolean isCommitted;
    private long next;
    private long uncommitted;

    /**
     * Goes on with the index that is there, if it is this partition's, else begins a new one.
     *
     * @throws IOException if it is damaged
     */
    PartitionWriter(Directory directory, WindowPartition partition) throws IOException {
        this.partition = partition;
        var there = committed(directory);
        boolean ours = there.entrySet().containsAll(partition.identity().entrySet());
        this.next = ours ? Long.parseLong(there.get(NEXT)) : partition.first();
        this.isCommitted = ours;
        this.writer = new IndexWriter(directory, config(ours ? OpenMode.APPEND : OpenMode.CREATE));
    }

    /** The sequence that is appended next; the window's end or more when all are there. */
    long next() {
        return next;
    }

    /**
     * Appends sequence {@link #next}.
     *
     * @param texts of its documents
     */
    void add(Iterable<DocumentSpan> documents, Iterable<byte[]> texts, long crc32c)
            throws IOException {
        var text = texts.iterator();
        for (var document : documents) {
            var utf8 = text.next();
            writer.addDocument(entry.document(next, document, utf8));
            uncommitted += utf8.length;
        }
        writer.addDocument(entry.sequence(next, crc32c));
        next = partition.after(next);
        isCommitted = false;
        if (uncommitted >= BYTES_PER_COMMIT) {
            commit();
        }
    }

    void commit() throws IOException {
        if (isCommitted) {
            return;
        }
        var data = new TreeMap<>(partition.identity());
        data.put(NEXT, String.valueOf(next));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        isCommitted = true;
        uncommitted = 0;
    }

    /** Leaves out what was not committed. */
    @Override
    public void close() throws IOException {
        writer.rollback();
    }

    private static Map<String, String> committed(Directory directory) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return Map.of();
        }
        var commits = DirectoryReader.listCommits(directory);
        return new HashMap<>(commits.getLast().getUserData());
    }

    /** Merges keep documents in order, on this thread, and leave large segments alone. */
    private static IndexWriterConfig config(OpenMode mode) {
        var merges = new LogByteSizeMergePolicy();
        merges.setMinMergeMB(SMALL_SEGMENT_MB);
        merges.setMaxMergeMB(LARGE_SEGMENT_MB);
        merges.setNoCFSRatio(0);
        return new IndexWriterConfig()
                .setOpenMode(mode)
                .setRAMBufferSizeMB(BUFFER_MB)
                .setMergePolicy(merges)
                .setMergeScheduler(new SerialMergeScheduler())
                .setUseCompoundFile(false)
                .setCommitOnClose(false);
    }
}
