package io.retcon.indexer.terms;

import io.retcon.schemas.RefusedInput;

/** What must stand around a term for an occurrence to count. */
public enum Boundary {
    /** Anything. */
    NONE {
        @Override
        public boolean holds(byte[] text, int from, int to) {
            return true;
        }
    },
    /** Neither a letter nor a digit (Unicode), or the end of the text. */
    WORD {
        @Override
        public boolean holds(byte[] text, int from, int to) {
            return (from == 0 || !Character.isLetterOrDigit(codePointBefore(text, from)))
                    && (to == text.length || !Character.isLetterOrDigit(codePointAt(text, to)));
        }
    };

    /** Whether the bytes from {@code from} to {@code to}−1 of UTF-8 {@code text} stand as asked. */
    public abstract boolean holds(byte[] text, int from, int to);

    /** As specs write it: {@code none} or {@code word}. */
    public static Boundary named(String name) {
        return switch (name) {
            case "none" -> NONE;
            case "word" -> WORD;
            default ->
                    throw new RefusedInput(
                            "boundary '%s' is unknown: say none or word".formatted(name));
        };
    }

    private static int codePointBefore(byte[] text, int end) {
        int start = end - 1;
        while (start > 0 && end - start < 4 && (text[start] & 0xC0) == 0x80) {
            start--;
        }
        return codePointAt(text, start);
    }

    /** Broken UTF-8 gives U+FFFD, which is neither letter nor digit. */
    private static int codePointAt(byte[] text, int start) {
        int lead = text[start];
        if (lead >= 0) {
            return lead;
        }
        int length = (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
        if ((lead & 0xC0) == 0x80 || start + length > text.length) {
            return 0xFFFD;
        }
        int codePoint = lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | text[start + i] & 0x3F;
        }
        return codePoint;
    }
}
