package io.retcon.deploy.dashboard.drill;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.report.Element;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DenseSpec;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.spec.OccurrenceSpec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document's text with what was looked for in it marked: text is never markup here. */
public final class MarkedText {
    private static final Pattern WORD = Pattern.compile("\\w\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private MarkedText() {}

    /**
     * What a matcher looks for: an item's subject and object as they are, or else its words.
     *
     * @return nothing where nothing stands in texts as such
     */
    public static List<Pattern> lookedFor(Item item, MatcherSpec match) {
        return switch (match) {
            case CooccurrenceSpec _, OccurrenceSpec _ ->
                    Stream.of(item.getSubject(), item.getObject())
                            .flatMap(term -> term.stream())
                            .filter(term -> !term.isEmpty())
                            .distinct()
                            .sorted(Comparator.comparing(String::length).reversed())
                            .map(term -> Pattern.compile(Pattern.quote(term)))
                            .toList();
            case Bm25Spec _ -> words(item);
            case DenseSpec _, GivenSpec _ -> List.of();
        };
    }

    private static List<Pattern> words(Item item) {
        var text = item.getQuery() + " " + item.getChoices().get(item.getGold());
        var words =
                WORD.matcher(text.toLowerCase(Locale.ROOT))
                        .results()
                        .map(found -> Pattern.quote(found.group()))
                        .distinct()
                        .collect(Collectors.joining("|"));
        return words.isEmpty()
                ? List.of()
                : List.of(
                        Pattern.compile(
                                "(?<!\\w)(?:" + words + ")(?!\\w)",
                                Pattern.CASE_INSENSITIVE
                                        | Pattern.UNICODE_CASE
                                        | Pattern.UNICODE_CHARACTER_CLASS));
    }

    /** A paragraph with every place marked that one of the patterns finds, the first one first. */
    public static Element of(String text, List<Pattern> lookedFor) {
        var paragraph = tag("p").with("class", "text");
        int at = 0;
        for (var mark : marks(text, lookedFor)) {
            if (mark[0] < at) {
                continue;
            }
            paragraph.text(text.substring(at, mark[0]));
            paragraph.add(tag("mark", text.substring(mark[0], mark[1])));
            at = mark[1];
        }
        return paragraph.text(text.substring(at));
    }

    private static List<int[]> marks(String text, List<Pattern> lookedFor) {
        var marks = new ArrayList<int[]>();
        for (var pattern : lookedFor) {
            pattern.matcher(text)
                    .results()
                    .map(found -> new int[] {found.start(), found.end()})
                    .forEach(marks::add);
        }
        marks.sort(
                Comparator.<int[]>comparingInt(mark -> mark[0]).thenComparingInt(mark -> -mark[1]));
        return marks;
    }
}
