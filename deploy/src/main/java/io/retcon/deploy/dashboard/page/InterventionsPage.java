package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every intervention and how far it is, the newest first; more come as one scrolls. */
final class InterventionsPage {
    static final String VIEW = "interventions";

    private static final String LIST = "interventions";

    private InterventionsPage() {}

    /** Rows, which are born at the list's top, and their count. */
    static View view() {
        return board -> {
            var parts = new ArrayList<Part>();
            long newest = 1;
            for (var watched : board.interventions().reversed().values()) {
                newest = Math.max(newest, watched.born());
                parts.add(
                        Part.born(
                                rowId(watched),
                                watched.changed(),
                                new Part.Birth(watched.born(), "afterbegin:#" + LIST),
                                now -> row(now.interventions().get(watched.id()))));
            }
            parts.add(Part.of("count", newest, InterventionsPage::count));
            return parts;
        };
    }

    static List<Element> of(Board board, String query) {
        var page = new ArrayList<Element>();
        page.add(tag("h1", "Interventions"));
        page.add(search(query));
        page.add(count(board));
        page.add(tag("ol").with("id", LIST).with("class", "rows").addAll(chunk(board, query, 0)));
        return page;
    }

    /** Some of those that are wanted, from a place on. */
    static List<Element> chunk(Board board, String query, int from) {
        var wanted = query.toLowerCase(Locale.ROOT);
        var found =
                board.interventions().values().stream().filter(i -> isWanted(i, wanted)).toList();
        return Chunks.of(
                found,
                from,
                InterventionsPage::row,
                next -> "/interventions?from=%d&query=%s".formatted(next, Paths.part(query)));
    }

    private static boolean isWanted(Watched watched, String wanted) {
        return wanted.isEmpty()
                || watched.name().toLowerCase(Locale.ROOT).contains(wanted)
                || watched.id().startsWith(wanted)
                || watched.stage().name().equals(wanted);
    }

    private static Element search(String query) {
        return tag("form")
                .with("class", "search")
                .with("role", "search")
                .with("action", "/")
                .add(tag("label", "Find by name, id or stage").with("for", "query"))
                .add(
                        tag("input")
                                .with("id", "query")
                                .with("name", "query")
                                .with("type", "search")
                                .with("value", query)
                                .with("hx-get", "/interventions")
                                .with("hx-trigger", "input changed delay:200ms, search")
                                .with("hx-target", "#" + LIST));
    }

    private static Element count(Board board) {
        var interventions = board.interventions().values();
        long going = interventions.stream().filter(i -> !i.isOver()).count();
        var text =
                interventions.isEmpty()
                        ? "None yet: publish one with ./retcon run SPEC, or try ./retcon demo."
                        : "%s, %d under way"
                                .formatted(
                                        Figures.count(interventions.size(), "intervention"), going);
        return tag("p", text).with("id", "count").with("class", "note");
    }

    private static String rowId(Watched watched) {
        return "row-" + watched.id();
    }

    private static Element row(Watched watched) {
        return tag("li")
                .with("id", rowId(watched))
                .add(
                        tag("div")
                                .with("class", "name")
                                .add(
                                        tag("a", watched.name())
                                                .with("id", "link-" + watched.id())
                                                .with("href", Paths.intervention(watched.id())))
                                .add(
                                        tag("span")
                                                .with("class", "meta")
                                                .add(tag("code", watched.id()))
                                                .text(" · ")
                                                .add(Moments.of(watched.at()))))
                .add(StageBar.of(watched))
                .addAll(outcome(watched));
    }

    private static List<Element> outcome(Watched watched) {
        return watched.refusal().stream()
                .map(why -> tag("p", why).with("class", "bad outcome"))
                .toList();
    }
}
