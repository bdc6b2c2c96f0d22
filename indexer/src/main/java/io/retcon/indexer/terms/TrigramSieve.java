package io.retcon.indexer.terms;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Passes a position whose three bytes are the first three of a term: a bit for each trigram. */
final class TrigramSieve implements StartSieve {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TRIGRAM = 0xFFFFFF;

    private final long[] bitmap = new long[1 << 24 - 6];

    TrigramSieve(List<byte[]> terms) {
        for (var term : terms) {
            int known = Math.min(3, term.length);
            int start = 0;
            for (int i = 0; i < known; i++) {
                start |= (term[i] & 0xFF) << 8 * i;
            }
            // A term of one or two bytes starts every trigram that starts with it.
            for (int trigram = start; trigram <= TRIGRAM; trigram += 1 << 8 * known) {
                bitmap[trigram >>> 6] |= 1L << trigram;
            }
        }
    }

    @Override
    public int sift(byte[] text, int from, int to, int[] positions) {
        int count = 0;
        for (int at = from; at < to; at++) {
            int trigram = (int) INT.get(text, at) & TRIGRAM;
            positions[count] = at;
            count += (int) (bitmap[trigram >>> 6] >>> trigram) & 1;
        }
        return count;
    }
}
