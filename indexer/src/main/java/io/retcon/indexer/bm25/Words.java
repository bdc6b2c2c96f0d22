package io.retcon.indexer.bm25;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The words of a text as the reference counts them: lower-cased whole, then every maximal run of
 * two or more characters that Python's {@code \w} takes (letters, numbers, underscore; no marks).
 * Moves from word to word; kept from text to text; not thread-safe.
 *
 * <p>A bit for every byte of the text says whether it is part of a word; eight ASCII characters are
 * judged at once, and words are found by counting zeros where bits change.
 */
final class Words {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** A one in each of eight bytes. */
    private static final long EACH = 0x0101010101010101L;

    private static final long HIGH = EACH << 7;

    /** Times this, the lowest bits of eight bytes stand side by side in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final LowerCase lowerCase = new LowerCase();
    private byte[] text = new byte[0];
    private long[] isWord = new long[0];

    /** Where each word starts and where it ends, in turn. */
    private int[] bounds = new int[2];

    private int count;
    private int next;
    private int length;
    private int start;
    private int end;

    /** Goes to before the first word of UTF-8 {@code utf8}. */
    void read(byte[] utf8) {
        length = lowerCase.read(utf8);
        text = lowerCase.text();
        judge();
        cut();
        next = 0;
    }

    /** Goes to the next word, if there is one. */
    boolean next() {
        if (next == count) {
            return false;
        }
        moveTo(next++);
        return true;
    }

    /** How many words the text has. */
    int count() {
        return count;
    }

    /** Goes to one of them, from 0. */
    void moveTo(int word) {
        start = bounds[2 * word];
        end = bounds[2 * word + 1];
    }

    /** Its first eight bytes, the first one lowest; zeros where it is shorter. */
    long key() {
        int bytes = Math.min(end - start, Long.BYTES);
        return (long) LONG.get(text, start) & -1L >>> -Byte.SIZE * bytes;
    }

    /** Bytes. */
    int length() {
        return end - start;
    }

    /** Whether the bytes after the eighth are {@code other}'s, which is as long. */
    boolean endsLike(byte[] other) {
        return length() <= Long.BYTES
                || Arrays.equals(text, start + Long.BYTES, end, other, Long.BYTES, other.length);
    }

    /** Whether the bytes after the eighth are those of the word at {@code from}, as long. */
    boolean endsLike(int from) {
        return length() <= Long.BYTES
                || Arrays.equals(
                        text, start + Long.BYTES, end, text, from + Long.BYTES, from + length());
    }

    /** Goes back to a word of this text. */
    void moveTo(int from, int to) {
        start = from;
        end = to;
    }

    /** Where the word is in {@link #text}. */
    int start() {
        return start;
    }

    /** One after its last byte. */
    int end() {
        return end;
    }

    /** The lower-cased text. */
    byte[] text() {
        return text;
    }

    byte[] copy() {
        return Arrays.copyOfRange(text, start, end);
    }

    /** The same for equal words: of their first eight bytes, their last eight and their length. */
    int hash() {
        int bytes = length();
        long last = (long) LONG.get(text, Math.max(start, end - Long.BYTES));
        long mixed = key() ^ (bytes <= Long.BYTES ? 0 : Long.rotateLeft(last, 29));
        return (int) ((mixed ^ bytes) * GOLDEN >>> 32);
    }

    private void judge() {
        int longs = (length >>> 6) + 2; // The bit after the last is always 0.
        if (isWord.length < longs) {
            isWord = new long[longs + (longs >> 1)];
        } else {
            Arrays.fill(isWord, 0, longs, 0);
        }
        int at = 0;
        while (at < length) {
            long eight = (long) LONG.get(text, at);
            if ((eight & HIGH) == 0) {
                set(at, asciiWord(eight));
                at += Long.BYTES;
            } else {
                int bytes = Utf8.length(text[at]);
                set(at, isWordCharacter(at) ? (1L << bytes) - 1 : 0);
                at += bytes;
            }
        }
        // What lies behind the text was judged with its last bytes.
        isWord[length >>> 6] &= (1L << length) - 1;
        isWord[(length >>> 6) + 1] = 0;
    }

    /** Sets the bits from {@code at} on, eight at most. */
    private void set(int at, long bits) {
        isWord[at >>> 6] |= bits << at;
        if ((at & 63) > 56) {
            isWord[(at >>> 6) + 1] |= bits >>> -at;
        }
    }

    /** A bit for each of eight ASCII characters, none of them large. */
    private static long asciiWord(long eight) {
        long letter = eight + (0x80 - 'a') * EACH & ~(eight + (0x7F - 'z') * EACH);
        long digit = eight + (0x80 - '0') * EACH & ~(eight + (0x7F - '9') * EACH);
        long underscore = ~((eight ^ '_' * EACH | HIGH) - EACH);
        long words = (letter | digit | underscore) & HIGH;
        return (words >>> 7) * GATHER >>> 56;
    }

    private boolean isWordCharacter(int at) {
        return switch (Character.getType(Utf8.codePoint(text, at))) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    true;
            default -> text[at] == '_';
        };
    }

    /** Finds where bits change, then leaves out what is one character alone. */
    private void cut() {
        if (bounds.length < length + 2) {
            bounds = new int[length + (length >> 1) + 2];
        }
        int changes = 0;
        long before = 0;
        for (int i = 0; i <= length >>> 6; i++) {
            long bits = isWord[i];
            for (long rest = bits ^ (bits << 1 | before); rest != 0; rest &= rest - 1) {
                bounds[changes++] = (i << 6) + Long.numberOfTrailingZeros(rest);
            }
            before = bits >>> 63;
        }
        int kept = 0;
        for (int i = 0; i < changes; i += 2) {
            int from = bounds[i];
            int to = bounds[i + 1];
            bounds[kept] = from;
            bounds[kept + 1] = to;
            kept += to - from == characterBytes(from) ? 0 : 2;
        }
        count = kept / 2;
    }

    private int characterBytes(int at) {
        byte lead = text[at];
        return lead >= 0 ? 1 : Utf8.length(lead);
    }
}
