package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import com.github.difflib.DiffUtils;

import io.retcon.deploy.report.Element;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Pages for what is not there, or cannot be shown: what is wrong, and where to go on. */
final class ProblemPage {
    private static final int MOST_NEAR = 8;

    private ProblemPage() {}

    /**
     * @param what that was asked for: 'intervention', say
     * @param all the names that there are
     * @param address of what has a name
     */
    static List<Element> unknown(
            String what,
            String name,
            Collection<String> all,
            java.util.function.Function<String, String> address) {
        var near =
                all.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparingInt((String other) -> distance(name, other))
                                        .thenComparing(Comparator.naturalOrder()))
                        .limit(MOST_NEAR)
                        .map(
                                other ->
                                        tag("li")
                                                .add(
                                                        tag("a", other)
                                                                .with(
                                                                        "href",
                                                                        address.apply(other))))
                        .toList();
        var main = tag("section").add(tag("h1", "There is no %s ‘%s’".formatted(what, name)));
        if (near.isEmpty()) {
            main.add(tag("p", "There is none at all yet."));
        } else {
            main.add(tag("p", "Perhaps you mean one of these:"));
            main.add(tag("ul").addAll(near));
        }
        return List.of(main, tag("p").add(tag("a", "All interventions").with("href", "/")));
    }

    static List<Element> sentence(String title, String sentence) {
        return List.of(
                tag("h1", title),
                tag("p", sentence),
                tag("p").add(tag("a", "All interventions").with("href", "/")));
    }

    /** How many characters must change. */
    private static int distance(String one, String other) {
        return DiffUtils.diff(characters(one), characters(other)).getDeltas().stream()
                .mapToInt(d -> Math.max(d.getSource().size(), d.getTarget().size()))
                .sum();
    }

    private static List<Integer> characters(String text) {
        return text.toLowerCase(java.util.Locale.ROOT).chars().boxed().limit(100).toList();
    }
}
