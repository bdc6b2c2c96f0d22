package io.retcon.deploy.stack;

import java.nio.ByteBuffer;

/**
 * The header of a record batch in a broker's segment, of Kafka's message format 2.
 *
 * @param position its first byte in the segment
 * @param base its first offset
 * @param last its last offset
 * @param latest the latest timestamp of its records
 * @param bytes its length with the header
 * @param producer who wrote it
 * @param isAbort whether it takes its producer's transaction back
 */
record Batch(
        long position,
        long base,
        long last,
        long latest,
        int bytes,
        long producer,
        boolean isAbort) {
    /** Bytes of a header. */
    static final int HEADER = 61;

    /** Bytes that are looked at: a header, and a record that ends a transaction. */
    static final int CONTROL = 80;

    private static final int LENGTH = 8;
    private static final int AFTER_LENGTH = 12;
    private static final int MAGIC = 16;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_DELTA = 23;
    private static final int LATEST = 35;
    private static final int PRODUCER = 43;
    private static final int CONTROL_BIT = 1 << 5;

    /** Length, attributes, time, offset and key's length of the record are a byte each. */
    private static final int CONTROL_TYPE = HEADER + 5 + Short.BYTES;

    /**
     * @param buffer with the batch at {@code place}, or its first {@link #CONTROL} bytes
     */
    static Batch read(ByteBuffer buffer, int place, long position) {
        long base = buffer.getLong(place);
        int bytes = AFTER_LENGTH + buffer.getInt(place + LENGTH);
        boolean isControl = (buffer.getShort(place + ATTRIBUTES) & CONTROL_BIT) != 0;
        return new Batch(
                position,
                base,
                base + buffer.getInt(place + LAST_DELTA),
                buffer.getLong(place + LATEST),
                bytes,
                buffer.getLong(place + PRODUCER),
                isControl
                        && bytes >= CONTROL_TYPE + Short.BYTES
                        && buffer.getShort(place + CONTROL_TYPE) == 0);
    }

    /** Whether the bytes there can be one. */
    static boolean isAt(ByteBuffer buffer, int place) {
        return buffer.get(place + MAGIC) == 2
                && buffer.getInt(place + LENGTH) >= HEADER - AFTER_LENGTH
                && buffer.getInt(place + LENGTH) <= Integer.MAX_VALUE - AFTER_LENGTH
                && buffer.getInt(place + LAST_DELTA) >= 0;
    }
}
