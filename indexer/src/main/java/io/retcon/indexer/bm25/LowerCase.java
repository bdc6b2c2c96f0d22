package io.retcon.indexer.bm25;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A text in lower case, as Unicode says for no particular language. Kept from text to text; not
 * thread-safe.
 */
final class LowerCase {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A one in each of eight bytes. */
    private static final long EACH = 0x0101010101010101L;

    private static final long HIGH = EACH << 7;
    private static final byte[] ASCII = new byte[128];
    private static final int I_WITH_DOT = 0x130;
    private static final int SIGMA = 0x3A3;

    static {
        for (int c = 0; c < 128; c++) {
            ASCII[c] = (byte) Character.toLowerCase(c);
        }
    }

    private byte[] text = new byte[0];

    /** Takes a text; the length of its lower case in bytes. */
    int read(byte[] utf8) {
        makeRoom(2 * utf8.length); // Two bytes become three at worst.
        int to = 0;
        for (int at = 0; at < utf8.length; ) {
            if (at + Long.BYTES <= utf8.length) {
                long eight = (long) LONG.get(utf8, at);
                if ((eight & HIGH) == 0) {
                    LONG.set(text, to, lower(eight));
                    at += Long.BYTES;
                    to += Long.BYTES;
                    continue;
                }
            }
            byte lead = utf8[at];
            if (lead >= 0) {
                text[to++] = ASCII[lead];
                at++;
                continue;
            }
            int codePoint = isSound(utf8, at) ? Utf8.codePoint(utf8, at) : SIGMA;
            if (codePoint == SIGMA || codePoint == I_WITH_DOT) {
                return readWhole(utf8);
            }
            to = Utf8.put(Character.toLowerCase(codePoint), text, to);
            at += Utf8.length(lead);
        }
        return to;
    }

    /** Holds the lower case from its first byte on, and at least eight bytes more. */
    byte[] text() {
        return text;
    }

    /** Eight ASCII characters: a byte between A and Z gets the bit that makes it small. */
    private static long lower(long eight) {
        long fromA = eight + (0x80 - 'A') * EACH;
        long beyondZ = eight + (0x7F - 'Z') * EACH;
        return eight + ((fromA & ~beyondZ & HIGH) >>> 2);
    }

    /** Sigma depends on what is around it, a dotted I becomes two characters. */
    private int readWhole(byte[] utf8) {
        int[] all = new String(utf8, StandardCharsets.UTF_8).codePoints().toArray();
        var lower = new StringBuilder(all.length);
        for (int i = 0; i < all.length; i++) {
            switch (all[i]) {
                case SIGMA -> lower.append(FinalSigma.isAt(all, i) ? 'ς' : 'σ');
                case I_WITH_DOT -> lower.append("i\u0307");
                default -> lower.appendCodePoint(Character.toLowerCase(all[i]));
            }
        }
        var bytes = lower.toString().getBytes(StandardCharsets.UTF_8);
        makeRoom(bytes.length);
        System.arraycopy(bytes, 0, text, 0, bytes.length);
        return bytes.length;
    }

    private void makeRoom(int bytes) {
        if (text.length < bytes + Long.BYTES) {
            text = new byte[bytes + Long.BYTES];
        }
    }

    private static boolean isSound(byte[] utf8, int at) {
        int end = at + Utf8.length(utf8[at]);
        if ((utf8[at] & 0xC0) == 0x80 || end > utf8.length) {
            return false;
        }
        for (int i = at + 1; i < end; i++) {
            if ((utf8[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
