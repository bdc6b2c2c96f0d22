package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.drill.Evidence;
import io.retcon.deploy.dashboard.drill.Matched;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.deploy.report.ShareBar;
import io.retcon.deploy.report.Table;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.spec.Arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One item: what it asks, what each arm makes of it, and every document that matches it. */
final class ItemPage {
    private ItemPage() {}

    static List<Element> of(Watched watched, Evidence.OfItem item) {
        var page = new ArrayList<Element>();
        page.add(
                tag("p").with("class", "kicker")
                        .add(
                                tag("a", watched.name())
                                        .with("href", Paths.intervention(watched.id())))
                        .text(" · ")
                        .add(tag("a", "its items").with("href", Paths.items(watched.id())))
                        .text(" · " + item.ref().getBenchmark()));
        page.add(tag("h1", item.ref().getId()));
        item.item().ifPresent(texts -> page.add(question(texts)));
        page.add(arms(item));
        page.add(
                tag(
                        "h2",
                        "%s that match it"
                                .formatted(Figures.count(item.documents().size(), "document"))));
        if (item.documents().isEmpty()) {
            page.add(tag("p", "None does, or matching is under way.").with("class", "note"));
        }
        item.documents().forEach(document -> page.add(document(watched, item, document)));
        return page;
    }

    private static Element question(Item item) {
        var choices = new ArrayList<Element>();
        for (int i = 0; i < item.getChoices().size(); i++) {
            var choice = tag("li", item.getChoices().get(i));
            choices.add(
                    i == item.getGold()
                            ? choice.with("class", "gold")
                                    .text(" ")
                                    .add(tag("span", "(right)").with("class", "note"))
                            : choice);
        }
        return tag("section")
                .add(tag("p", item.getQuery()).with("class", "text"))
                .add(tag("ul").with("class", "choices").addAll(choices));
    }

    private static Element arms(Evidence.OfItem item) {
        if (item.right().isEmpty()) {
            return tag("p", "No arm has been scored yet.").with("class", "note");
        }
        return Table.of(
                List.of("Arm", "Replicates that are right", "Mean margin"),
                item.right().entrySet().stream()
                        .map(
                                of ->
                                        List.<Object>of(
                                                of.getKey(),
                                                tag("span")
                                                        .with("class", "mean")
                                                        .add(ShareBar.of(of.getValue()))
                                                        .text(Figures.percent(of.getValue())),
                                                Figures.signed(item.margin().get(of.getKey()))))
                        .toList());
    }

    private static Element document(Watched watched, Evidence.OfItem item, Matched matched) {
        var document = matched.document();
        var score =
                matched.score().map(s -> String.format(Locale.ROOT, " · score %.3f", s)).orElse("");
        return tag("section")
                .with("class", "document")
                .add(
                        tag("h3", document.getId())
                                .add(
                                        tag(
                                                        "span",
                                                        " step %d, sequence %d, %s%s"
                                                                .formatted(
                                                                        document.getStep(),
                                                                        document.getSequence(),
                                                                        Figures.count(
                                                                                document
                                                                                        .getLength(),
                                                                                "token"),
                                                                        score))
                                                .with("class", "note")))
                .add(
                        Chunks.later(
                                Paths.change(watched.id(), item.ref(), document, Arm.TREATED_LABEL),
                                "Reading the history …"));
    }
}
