package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The words of a text as the reference counts them: lower-cased whole, then every maximal run of
 * two or more characters that Python's {@code \w} takes (letters, numbers, underscore; no marks).
 * Moves from word to word; kept from text to text; not thread-safe.
 */
final class Words {
    private static final boolean[] ASCII_WORD = new boolean[128];
    private static final byte[] ASCII_LOWER = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            ASCII_WORD[c] = c == '_' || Character.isLetterOrDigit(c);
            ASCII_LOWER[c] = (byte) Character.toLowerCase(c);
        }
    }

    private byte[] text = new byte[0];
    private int length;
    private int at;
    private int start;
    private int end;
    private int hash;

    /** Goes to before the first word of UTF-8 {@code text}. */
    void read(byte[] utf8) {
        at = 0;
        length = utf8.length;
        if (text.length < length) {
            text = new byte[2 * length];
        }
        for (int i = 0; i < length; i++) {
            if (utf8[i] < 0) {
                // Case is not a matter of single characters beyond ASCII: U+0130, final sigma.
                text =
                        new String(utf8, StandardCharsets.UTF_8)
                                .toLowerCase(Locale.ROOT)
                                .getBytes(StandardCharsets.UTF_8);
                length = text.length;
                return;
            }
            text[i] = ASCII_LOWER[utf8[i]];
        }
    }

    /** Goes to the next word, if there is one. */
    boolean next() {
        while (at < length) {
            start = at;
            hash = 0;
            int characters = 0;
            while (at < length && isWord()) {
                characters++;
            }
            end = at;
            if (characters == 0) {
                at += sequenceLength(text[at]);
            } else if (characters > 1) {
                return true;
            }
        }
        return false;
    }

    /** Holds this word from {@link #start} to {@link #end}. */
    byte[] text() {
        return text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The same for equal words. */
    int hash() {
        return hash;
    }

    /** Steps over the character here if it is part of a word. */
    private boolean isWord() {
        byte lead = text[at];
        if (lead >= 0) {
            if (!ASCII_WORD[lead]) {
                return false;
            }
            hash = 31 * hash + lead;
            at++;
            return true;
        }
        int bytes = sequenceLength(lead);
        int codePoint = lead & 0x7F >> bytes;
        int hashed = 31 * hash + lead;
        for (int i = 1; i < bytes; i++) {
            codePoint = codePoint << 6 | text[at + i] & 0x3F;
            hashed = 31 * hashed + text[at + i];
        }
        if (!isWord(codePoint)) {
            return false;
        }
        hash = hashed;
        at += bytes;
        return true;
    }

    private static boolean isWord(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    true;
            default -> false;
        };
    }

    /** What lies here was encoded by the JDK, so it is sound UTF-8. */
    private static int sequenceLength(byte lead) {
        return lead >= 0 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    }
}
