package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.drill.Evidence;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The selected items of an intervention, which may be many thousands: they come as one scrolls. */
final class ItemsPage {
    private static final String LIST = "items";

    private ItemsPage() {}

    static List<Element> of(Watched watched) {
        var address = Paths.items(watched.id());
        int items = watched.selection().map(s -> s.getItems().size()).orElse(0);
        return List.of(
                tag("p").with("class", "kicker")
                        .add(
                                tag("a", watched.name())
                                        .with("href", Paths.intervention(watched.id()))),
                tag("h1", Figures.count(items, "selected item")),
                tag("form")
                        .with("class", "search")
                        .with("role", "search")
                        .add(tag("label", "Find by name or text").with("for", "query"))
                        .add(
                                tag("input")
                                        .with("id", "query")
                                        .with("name", "query")
                                        .with("type", "search")
                                        .with("hx-get", address + "/rows")
                                        .with("hx-trigger", "input changed delay:200ms, search")
                                        .with("hx-target", "#" + LIST)),
                tag("ol")
                        .with("id", LIST)
                        .with("class", "rows items")
                        .with("aria-label", "Items")
                        .add(
                                tag("li", "Reading items, matches and scores …")
                                        .with("class", "more")
                                        .with("hx-get", address + "/rows")
                                        .with("hx-trigger", "load")
                                        .with("hx-swap", "outerHTML")));
    }

    static List<Element> rows(Watched watched, Evidence evidence, String query, int from) {
        var wanted = query.toLowerCase(Locale.ROOT);
        var found =
                evidence.items().values().stream().filter(item -> isWanted(item, wanted)).toList();
        if (found.isEmpty()) {
            return List.of(tag("li", "No item is like that.").with("class", "more"));
        }
        return Chunks.of(
                found,
                from,
                item -> row(watched, item),
                next ->
                        "%s/rows?from=%d&query=%s"
                                .formatted(Paths.items(watched.id()), next, Paths.part(query)));
    }

    private static boolean isWanted(Evidence.OfItem item, String wanted) {
        return wanted.isEmpty()
                || item.ref().getId().toLowerCase(Locale.ROOT).contains(wanted)
                || item.item()
                        .filter(i -> i.getQuery().toLowerCase(Locale.ROOT).contains(wanted))
                        .isPresent();
    }

    private static Element row(Watched watched, Evidence.OfItem item) {
        var id = item.ref().getId();
        return tag("li")
                .add(
                        tag("div")
                                .with("class", "name")
                                .add(
                                        tag("a", id)
                                                .with("href", Paths.item(watched.id(), item.ref())))
                                .add(tag("span", text(item)).with("class", "meta")))
                .add(
                        tag("span", Figures.count(item.documents().size(), "document"))
                                .with("class", "figures"))
                .add(tag("span", right(item)).with("class", "figures"));
    }

    static String text(Evidence.OfItem item) {
        return item.item()
                .map(i -> i.getQuery() + " " + i.getChoices().get(i.getGold()).strip())
                .orElse(item.ref().getBenchmark());
    }

    private static String right(Evidence.OfItem item) {
        return item.right().isEmpty()
                ? "not retrained yet"
                : item.right().entrySet().stream()
                        .map(e -> "%s %s".formatted(e.getKey(), Figures.percent(e.getValue())))
                        .collect(Collectors.joining(" · ", "right: ", ""));
    }
}
