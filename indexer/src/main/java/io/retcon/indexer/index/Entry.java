package io.retcon.indexer.index;

import io.retcon.indexer.bm25.DocumentWords;
import io.retcon.indexer.bm25.Tokenization;
import io.retcon.schemas.record.DocumentSpan;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What lies in the index of a partition: the documents of a sequence in order, then an entry for
 * the sequence itself, so that one without documents is known too. Fields are used again from entry
 * to entry; not thread-safe.
 */
final class Entry {
    /** Of both kinds: number of the sequence, step · B + place in the step. */
    static final String SEQUENCE = "sequence";

    /** Of a sequence: CRC32C of its packed tokens. */
    static final String CHECKSUM = "checksum";

    /** Of a document: its identifier. */
    static final String ID = "id";

    /** Of a document: position of its first token in the sequence. */
    static final String START = "start";

    /** Of a document: number of its tokens. */
    static final String LENGTH = "length";

    /** Of a document: its text in UTF-8, as the tokens spell it. */
    static final String TEXT = "text";

    /** Of a document: its words, indexed with their frequencies. */
    static final String WORD = "word";

    private static final FieldType WORDS = new FieldType();

    static {
        WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WORDS.setOmitNorms(true); // A norm is a rounded length; the exact one has a field.
        WORDS.freeze();
    }

    private final DocumentWords words = new DocumentWords();
    private final Field sequence = new NumericDocValuesField(SEQUENCE, 0);
    private final Field checksum = new NumericDocValuesField(CHECKSUM, 0);
    private final Field id = new BinaryDocValuesField(ID, new BytesRef());
    private final Field start = new NumericDocValuesField(START, 0);
    private final Field length = new NumericDocValuesField(LENGTH, 0);
    private final Field text = new BinaryDocValuesField(TEXT, new BytesRef());
    private final Field all = new NumericDocValuesField(words(Tokenization.WORDS), 0);
    private final Field content = new NumericDocValuesField(words(Tokenization.CONTENT_WORDS), 0);
    private final Field word = new Field(WORD, new WordStream(words), WORDS);
    private final List<IndexableField> ofDocument =
            List.of(sequence, id, start, length, text, all, content, word);
    private final List<IndexableField> ofSequence = List.of(sequence, checksum);

    /** The field with the number of a document's words. */
    static String words(Tokenization tokenization) {
        return switch (tokenization) {
            case WORDS -> "words";
            case CONTENT_WORDS -> "content-words";
        };
    }

    Iterable<IndexableField> document(long number, DocumentSpan span, byte[] utf8) {
        words.read(utf8);
        sequence.setLongValue(number);
        id.setBytesValue(span.getId().getBytes(StandardCharsets.UTF_8));
        start.setLongValue(span.getStart());
        length.setLongValue(span.getLength());
        text.setBytesValue(utf8);
        all.setLongValue(words.length(Tokenization.WORDS));
        content.setLongValue(words.length(Tokenization.CONTENT_WORDS));
        return ofDocument;
    }

    Iterable<IndexableField> sequence(long number, long crc32c) {
        sequence.setLongValue(number);
        checksum.setLongValue(crc32c);
        return ofSequence;
    }
}
