package io.retcon.indexer.index;

import io.retcon.schemas.Sha256;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.BytesRef;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A word as it stands in the index. */
final class IndexedWord {
    /** No word starts so, as no UTF-8 does. */
    private static final byte LONG = (byte) 0xFF;

    private IndexedWord() {}

    /**
     * Points {@code term} at the word from {@code start} to {@code end}−1 of {@code text}. Words
     * longer than Lucene takes stand as their hash.
     */
    static void set(BytesRef term, byte[] text, int start, int end) {
        if (end - start <= IndexWriter.MAX_TERM_LENGTH) {
            term.bytes = text;
            term.offset = start;
            term.length = end - start;
            return;
        }
        var hash = Sha256.of(Arrays.copyOfRange(text, start, end));
        var bytes = (" " + hash).getBytes(StandardCharsets.US_ASCII);
        bytes[0] = LONG;
        term.bytes = bytes;
        term.offset = 0;
        term.length = bytes.length;
    }
}
