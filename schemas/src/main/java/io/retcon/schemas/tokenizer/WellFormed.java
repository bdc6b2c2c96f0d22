package io.retcon.schemas.tokenizer;

/**
 * Texts as Unicode has them: each half of a surrogate pair without its other half is one U+FFFD,
 * and nothing else changes.
 */
public final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    public static String of(String text) {
        int lone = firstLone(text, 0);
        if (lone == text.length()) {
            return text;
        }
        var chars = text.toCharArray();
        for (; lone < chars.length; lone = firstLone(text, lone + 1)) {
            chars[lone] = REPLACEMENT;
        }
        return new String(chars);
    }

    /** The index of the first lone half from an index on; the length if there is none. */
    private static int firstLone(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (!Character.isHighSurrogate(text.charAt(i))
                    || i + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(i + 1))) {
                return i;
            }
            i++;
        }
        return text.length();
    }
}
