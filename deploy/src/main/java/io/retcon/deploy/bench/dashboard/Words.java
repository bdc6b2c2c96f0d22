package io.retcon.deploy.bench.dashboard;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Words by which an update is known again wherever it is seen. */
final class Words {
    /** Of both Java's and JavaScript's regular expressions; its group is the update's number. */
    static final String PATTERN = "said-([0-9]+)-";

    private static final Pattern WORD = Pattern.compile(PATTERN);

    private Words() {}

    static String of(int update) {
        return "said-%d-".formatted(update);
    }

    /** The update whose word a text has. */
    static OptionalInt in(String text) {
        var word = WORD.matcher(text);
        return word.find() ? OptionalInt.of(Integer.parseInt(word.group(1))) : OptionalInt.empty();
    }
}
