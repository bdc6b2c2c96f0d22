package io.retcon.streams.state;

import io.retcon.schemas.record.DocumentRef;

import org.apache.kafka.common.utils.Bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Store keys whose byte order is the order in which they are worked off: names, each ended by a
 * zero byte, then a document's place in big-endian, then, where much is done in one place, what
 * tells it apart.
 */
public final class StoreKey {
    private static final int PLACE = Long.BYTES + 2 * Integer.BYTES;

    /** Longer than any key, so that an end lies after all of them. */
    private static final int LONGEST_PLACE = 2 * PLACE + Integer.BYTES;

    private StoreKey() {}

    /** The key under which everything of the same names lies together. */
    public static Bytes group(String... names) {
        var key = new ByteArrayOutputStream();
        for (var name : names) {
            key.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            key.write(0);
        }
        return Bytes.wrap(key.toByteArray());
    }

    public static Bytes of(Bytes group, DocumentRef document) {
        return of(group, document.getStep(), document.getSequence(), document.getStart());
    }

    public static Bytes of(Bytes group, long step, int sequence, int start) {
        var key = ByteBuffer.allocate(group.get().length + PLACE).put(group.get());
        return Bytes.wrap(key.putLong(step).putInt(sequence).putInt(start).array());
    }

    /** What is done for the {@code order}-th change of {@code target} where {@code document} is. */
    public static Bytes of(Bytes group, DocumentRef document, DocumentRef target, int order) {
        return Bytes.wrap(
                ByteBuffer.allocate(group.get().length + LONGEST_PLACE)
                        .put(of(group, document).get())
                        .putLong(target.getStep())
                        .putInt(target.getSequence())
                        .putInt(target.getStart())
                        .putInt(order)
                        .array());
    }

    /** Whether two keys of {@code group} name places in one sequence. */
    public static boolean sameSequence(Bytes group, Bytes one, Bytes other) {
        int end = group.get().length + PLACE - Integer.BYTES;
        return Arrays.equals(one.get(), 0, end, other.get(), 0, end);
    }

    /** After every place of the group: the closing record's key. */
    public static Bytes end(Bytes group) {
        var key = Arrays.copyOf(group.get(), group.get().length + LONGEST_PLACE);
        Arrays.fill(key, group.get().length, key.length, (byte) 0xFF);
        return Bytes.wrap(key);
    }
}
