package io.retcon.indexer.index;

import io.retcon.schemas.record.DocumentRef;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/** Goes through the entries of a partition in order. Not thread-safe. */
final class PartitionCursor {
    private final Iterator<LeafReaderContext> leaves;
    private LeafReader leaf;
    private int base;
    private int entry = -1;
    private NumericDocValues sequence;
    private NumericDocValues checksum;
    private NumericDocValues start;
    private NumericDocValues length;
    private BinaryDocValues id;
    private BinaryDocValues text;

    PartitionCursor(DirectoryReader reader) {
        this.leaves = reader.leaves().iterator();
    }

    /** Goes to the next entry, if there is one. */
    boolean next() throws IOException {
        entry++;
        while (leaf == null || entry == leaf.maxDoc()) {
            if (!leaves.hasNext()) {
                return false;
            }
            open(leaves.next());
        }
        return sequence.advanceExact(entry);
    }

    /** Its number among all entries of the partition. */
    int entry() {
        return base + entry;
    }

    /** The number of the sequence that it belongs to. */
    long sequence() throws IOException {
        return sequence.longValue();
    }

    /** Whether it stands for the sequence itself. */
    boolean isSequence() throws IOException {
        return checksum != null && checksum.advanceExact(entry);
    }

    /** Of a sequence. */
    long checksum() throws IOException {
        return checksum.longValue();
    }

    /** Of a document. */
    DocumentRef document(int sequencesPerStep) throws IOException {
        id.advanceExact(entry);
        start.advanceExact(entry);
        length.advanceExact(entry);
        return new DocumentRef(
                id.binaryValue().utf8ToString(),
                sequence.longValue() / sequencesPerStep,
                (int) (sequence.longValue() % sequencesPerStep),
                (int) start.longValue(),
                (int) length.longValue());
    }

    /** Of a document: a copy of its text. */
    byte[] text() throws IOException {
        text.advanceExact(entry);
        var bytes = text.binaryValue();
        return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }

    private void open(LeafReaderContext context) throws IOException {
        leaf = context.reader();
        base = context.docBase;
        entry = 0;
        sequence = leaf.getNumericDocValues(Entry.SEQUENCE);
        checksum = leaf.getNumericDocValues(Entry.CHECKSUM);
        start = leaf.getNumericDocValues(Entry.START);
        length = leaf.getNumericDocValues(Entry.LENGTH);
        id = leaf.getBinaryDocValues(Entry.ID);
        text = leaf.getBinaryDocValues(Entry.TEXT);
    }
}
