package io.retcon.indexer.match;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Text in scripts that put no blanks between words, so that where one ends can't be seen. */
final class UnspacedText {
    private static final Set<UnicodeScript> SCRIPTS =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.BOPOMOFO,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.TIBETAN,
                    UnicodeScript.YI);

    private UnspacedText() {}

    /** Whether any character of {@code text} is of such a script. */
    static boolean isIn(String text) {
        return text.codePoints().anyMatch(c -> SCRIPTS.contains(UnicodeScript.of(c)));
    }
}
