package io.retcon.streams.state;

import io.retcon.schemas.record.DocumentRef;

import org.apache.kafka.common.utils.Bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Store keys whose byte order is the order in which they are worked off: names, each ended by a
 * zero byte, then a document's place in big-endian.
 */
public final class StoreKey {
    private static final int PLACE = Long.BYTES + 2 * Integer.BYTES;

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

    /** Whether two keys name places in one sequence. */
    public static boolean sameSequence(Bytes one, Bytes other) {
        int length = one.get().length - Integer.BYTES;
        return Arrays.equals(
                one.get(), 0, length, other.get(), 0, other.get().length - Integer.BYTES);
    }

    /** After every place of the group: the closing record's key. */
    public static Bytes end(Bytes group) {
        var key = Arrays.copyOf(group.get(), group.get().length + PLACE);
        Arrays.fill(key, group.get().length, key.length, (byte) 0xFF);
        return Bytes.wrap(key);
    }
}
