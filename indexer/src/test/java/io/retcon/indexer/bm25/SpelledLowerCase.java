package io.retcon.indexer.bm25;

import java.util.Locale;
import java.util.regex.Pattern;

/** Lower case with Unicode's condition Final_Sigma as an expression: slow and obvious. */
final class SpelledLowerCase {
    private static final String IGNORABLE =
            "[\\p{Mn}\\p{Me}\\p{Cf}\\p{Lm}\\p{Sk}'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027"
                + "\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A]";
    private static final String CASED =
            "[[\\p{IsLowercase}\\p{IsUppercase}\\p{IsTitlecase}]&&[^"
                    + IGNORABLE.substring(1)
                    + "]";
    private static final Pattern FINAL =
            Pattern.compile(
                    "(?<=%s%s{0,500})Σ(?!%s*%s)".formatted(CASED, IGNORABLE, IGNORABLE, CASED));

    private SpelledLowerCase() {}

    static String of(String text) {
        return FINAL.matcher(text).replaceAll("ς").replace('Σ', 'σ').toLowerCase(Locale.ROOT);
    }
}
