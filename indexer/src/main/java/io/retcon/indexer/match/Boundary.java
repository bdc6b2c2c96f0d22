package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.List;

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

    private static final ItemCaveat UNSPACED =
            new ItemCaveat(
                    "have terms in a script without blanks between words, which boundary word"
                            + " hardly finds: use boundary none",
                    item ->
                            UnspacedText.isIn(item.getSubject().orElse(""))
                                    || UnspacedText.isIn(item.getObject().orElse("")));

    /** Stands for bytes that are not UTF-8: neither letter nor digit. */
    private static final int BROKEN = 0xFFFD;

    /** Whether the bytes from {@code from} to {@code to}−1 of UTF-8 {@code text} stand as asked. */
    public abstract boolean holds(byte[] text, int from, int to);

    /** Why this boundary is likely to find nothing of some items. */
    List<String> caveats(List<Item> items) {
        return this == NONE ? List.of() : UNSPACED.of(items).stream().toList();
    }

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
        while (start > 0 && end - start < 4 && isContinuation(text[start])) {
            start--;
        }
        return start + length(text[start]) == end ? codePointAt(text, start) : BROKEN;
    }

    private static int codePointAt(byte[] text, int start) {
        int lead = text[start];
        int length = length(text[start]);
        if (length == 1) {
            return lead >= 0 ? lead : BROKEN;
        }
        if (start + length > text.length) {
            return BROKEN;
        }
        int codePoint = lead & 0x7F >> length;
        for (int i = 1; i < length; i++) {
            if (!isContinuation(text[start + i])) {
                return BROKEN;
            }
            codePoint = codePoint << 6 | text[start + i] & 0x3F;
        }
        return codePoint;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** Bytes of the code point that starts with {@code lead}; 1 if none can. */
    private static int length(byte lead) {
        if (lead >= 0 || isContinuation(lead)) {
            return 1;
        }
        return (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    }
}
