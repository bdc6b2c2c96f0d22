package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * The one capital letter whose lower case depends on its place in a word: Unicode's condition
 * Final_Sigma (Standard, section 3.13, table 3-17) and CPython's {@code str.lower}. Not the JDK's,
 * which asks where words break instead, and takes an underscore for a part of one.
 */
final class FinalSigma {
    /** Word_Break MidLetter, MidNumLet and Single_Quote (Unicode 16), in order. */
    private static final int[] WITHIN_WORDS = {
        0x27, 0x2E, 0x3A, 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027, 0xFE13, 0xFE52,
        0xFE55, 0xFF07, 0xFF0E, 0xFF1A
    };

    private FinalSigma() {}

    /**
     * Whether the sigma at a place ends a word: a cased letter comes before it and none after it,
     * whatever case-ignorable characters stand between.
     */
    static boolean isAt(int[] text, int place) {
        int before = place - 1;
        while (before >= 0 && isIgnorable(text[before])) {
            before--;
        }
        if (before < 0 || !isCased(text[before])) {
            return false;
        }
        int after = place + 1;
        while (after < text.length && isIgnorable(text[after])) {
            after++;
        }
        return after == text.length || !isCased(text[after]);
    }

    private static boolean isCased(int codePoint) {
        return Character.isLowerCase(codePoint)
                || Character.isUpperCase(codePoint)
                || Character.isTitleCase(codePoint);
    }

    private static boolean isIgnorable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL ->
                    true;
            default -> Arrays.binarySearch(WITHIN_WORDS, codePoint) >= 0;
        };
    }
}
