package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.deploy.report.Method;
import io.retcon.schemas.spec.Specs;

import java.util.ArrayList;
import java.util.List;

/** One intervention: what it asks, how far it is, and what came out. */
final class InterventionPage {
    static final String VIEW = "intervention:";

    private InterventionPage() {}

    static View view(String id) {
        return board -> board.intervention(id).map(InterventionPage::parts).orElse(List.of());
    }

    private static List<Part> parts(Watched i) {
        var id = i.id();
        return List.of(
                Part.of("head-" + id, i.settled(), now -> head(latest(now, i))),
                Part.of(StageBar.id(i), i.changed(), now -> StageBar.of(latest(now, i))),
                Part.of(
                        "results-" + id,
                        i.settled(),
                        now -> EffectSections.of(now, latest(now, i))),
                Part.of(
                        "retrainings-" + id,
                        i.changed(),
                        now -> RetrainingSection.of(latest(now, i))),
                Part.of("later-" + id, i.settled(), now -> later(now, latest(now, i))),
                Part.of(
                        "origin-" + id,
                        i.settled(),
                        now -> EffectSections.origin(now, latest(now, i))));
    }

    private static Watched latest(Board board, Watched watched) {
        return board.interventions().getOrDefault(watched.id(), watched);
    }

    static List<Element> of(Board board, Watched watched) {
        var page = new ArrayList<Element>();
        page.add(head(watched));
        page.add(StageBar.of(watched));
        page.add(EffectSections.of(board, watched));
        page.add(RetrainingSection.of(watched));
        page.add(later(board, watched));
        page.add(EffectSections.origin(board, watched));
        return page;
    }

    private static Element head(Watched watched) {
        var head =
                tag("header")
                        .with("id", "head-" + watched.id())
                        .add(
                                tag("p").with("class", "kicker")
                                        .text(watched.name() + " · ")
                                        .add(tag("code", watched.id()))
                                        .text(" · published ")
                                        .add(Moments.of(watched.at())))
                        .add(
                                tag(
                                        "h1",
                                        watched.selection()
                                                .map(s -> new Method(Specs.of(s)).question())
                                                .orElse(watched.name())));
        watched.refusal()
                .ifPresent(
                        why -> head.add(tag("p", "Refused: " + why).with("class", "answer bad")));
        watched.selection()
                .ifPresent(
                        s ->
                                head.add(
                                        tag("p").add(
                                                        tag(
                                                                        "a",
                                                                        "Look at the "
                                                                                + Figures.count(
                                                                                        s.getItems()
                                                                                                .size(),
                                                                                        "selected"
                                                                                            + " item"))
                                                                .with(
                                                                        "href",
                                                                        Paths.items(watched.id())))
                                                .text(" and their documents, or at the run ")
                                                .add(
                                                        tag("a", Specs.of(s).run())
                                                                .with(
                                                                        "href",
                                                                        Paths.run(
                                                                                Specs.of(s).run())))
                                                .text(".")));
        return head;
    }

    /** What is read from the big topics, when it comes into sight. */
    private static Element later(Board board, Watched watched) {
        var later = tag("div").with("id", "later-" + watched.id());
        if (watched.selection().isEmpty()) {
            return later;
        }
        var address = Paths.intervention(watched.id());
        later.add(Chunks.later(address + "/learning", "Reading scores …"));
        later.add(Chunks.later(address + "/balance", "Reading plans …"));
        if (MatcherSection.others(board, watched).size() > 1) {
            later.add(Chunks.later(address + "/matchers", "Reading matches …"));
        }
        return later;
    }
}
