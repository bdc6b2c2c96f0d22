package io.retcon.indexer.bm25;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The words of a text as the reference counts them: lower-cased whole, then every maximal run of
 * two or more characters that Python's {@code \w} takes (letters, numbers, underscore; no marks).
 * Moves from word to word; kept from text to text; not thread-safe.
 */
final class Words {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** 1 for what is part of a word, 0 for what is not. */
    private static final byte[] ASCII_WORD = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            ASCII_WORD[c] = (byte) (c == '_' || Character.isLetterOrDigit(c) ? 1 : 0);
        }
    }

    private final LowerCase lowerCase = new LowerCase();
    private byte[] text = new byte[0];
    private int length;
    private int start;
    private int end;

    /** Goes to before the first word of UTF-8 {@code text}. */
    void read(byte[] utf8) {
        length = lowerCase.read(utf8);
        text = lowerCase.text();
        end = 0;
    }

    /** Goes to the next word, if there is one. */
    boolean next() {
        int at = end;
        while (at < length) {
            int from = at;
            int characters = 0;
            while (at < length) {
                int lead = text[at];
                int bytes = lead >= 0 ? ASCII_WORD[lead] : wordBytes(at);
                if (bytes == 0) {
                    break;
                }
                at += bytes;
                characters++;
            }
            if (characters > 1) {
                start = from;
                end = at;
                return true;
            }
            if (characters == 0) {
                at += Utf8.length(text[at]);
            }
        }
        end = length;
        return false;
    }

    /** Whether this word is {@code other}. */
    boolean is(byte[] other) {
        return Arrays.equals(text, start, end, other, 0, other.length);
    }

    /** Whether this word is the one at {@code from} to {@code to}−1 of the same text. */
    boolean is(int from, int to) {
        return Arrays.equals(text, start, end, text, from, to);
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
        int bytes = end - start;
        long first = (long) LONG.get(text, start);
        long mixed =
                bytes < Long.BYTES
                        ? first & (1L << 8 * bytes) - 1
                        : first ^ Long.rotateLeft((long) LONG.get(text, end - Long.BYTES), 29);
        return (int) ((mixed ^ bytes) * GOLDEN >>> 32);
    }

    /** Bytes of the character beyond ASCII at {@code at}; 0 if it is not part of a word. */
    private int wordBytes(int at) {
        return switch (Character.getType(Utf8.codePoint(text, at))) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    Utf8.length(text[at]);
            default -> 0;
        };
    }
}
