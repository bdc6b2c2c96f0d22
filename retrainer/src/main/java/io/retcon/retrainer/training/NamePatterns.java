package io.retcon.retrainer.training;

import java.util.List;
import java.util.regex.Pattern;

/** Tensor names, or globs in which * stands for any characters and ? for one. */
final class NamePatterns {
    private final List<Pattern> patterns;

    NamePatterns(List<String> globs) {
        patterns = globs.stream().map(NamePatterns::compile).toList();
    }

    private static Pattern compile(String glob) {
        var regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(regex.toString());
    }

    boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
