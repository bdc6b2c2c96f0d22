package io.retcon.deploy.dashboard.drill;

import static io.retcon.deploy.report.Element.tag;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;

import io.retcon.deploy.report.Element;

import java.util.List;
import java.util.regex.Pattern;

/** What a text was and is, word by word: what went struck out, what came underlined. */
public final class TextDifference {
    /** So many words stand around a change; others that stay are left out. */
    private static final int AROUND = 30;

    /** Beyond that a word by word comparison would take seconds. */
    private static final int MOST_WORDS = 20_000;

    private static final Pattern WORD = Pattern.compile("\\S+\\s*|\\s+");

    private TextDifference() {}

    public static Element of(String before, String after) {
        var was = words(before);
        var is = words(after);
        var text = tag("p").with("class", "text difference");
        if (was.size() + is.size() > MOST_WORDS) {
            return text.add(tag("del", before)).text(" ").add(tag("ins", after));
        }
        int at = 0;
        for (var delta : DiffUtils.diff(was, is).getDeltas()) {
            int to = delta.getSource().getPosition();
            if (at > 0) {
                between(text, was.subList(at, to));
            } else {
                lead(text, was.subList(0, to));
            }
            changed(text, delta);
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        tail(text, was.subList(at, was.size()));
        return text;
    }

    private static void changed(Element text, AbstractDelta<String> delta) {
        if (delta.getSource().size() > 0) {
            text.add(tag("del", String.join("", delta.getSource().getLines())));
        }
        if (delta.getTarget().size() > 0) {
            text.add(tag("ins", String.join("", delta.getTarget().getLines())));
        }
    }

    private static void lead(Element text, List<String> words) {
        int from = Math.max(0, words.size() - AROUND);
        left(text, from);
        text.text(String.join("", words.subList(from, words.size())));
    }

    private static void between(Element text, List<String> words) {
        if (words.size() <= 2 * AROUND) {
            text.text(String.join("", words));
            return;
        }
        tail(text, words.subList(0, words.size() - AROUND));
        text.text(String.join("", words.subList(words.size() - AROUND, words.size())));
    }

    private static void tail(Element text, List<String> words) {
        int to = Math.min(words.size(), AROUND);
        text.text(String.join("", words.subList(0, to)));
        left(text, words.size() - to);
    }

    private static void left(Element text, int words) {
        if (words > 0) {
            text.add(tag("span", " … %,d words stay … ".formatted(words)).with("class", "note"));
        }
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(found -> found.group()).toList();
    }
}
