package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.report.DoseCurve;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.ForestPlot;
import io.retcon.deploy.report.HtmlReport;
import io.retcon.deploy.report.Interpretation;
import io.retcon.deploy.report.Panel;
import io.retcon.deploy.report.Provenance;
import io.retcon.deploy.report.Report;
import io.retcon.deploy.report.Results;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.spec.Arm;

import java.util.List;

/**
 * What came out: the answer in words, estimates, doses, relations, arms, caveats; and its origin.
 */
final class EffectSections {
    private EffectSections() {}

    static Element of(Board board, Watched watched) {
        var results = tag("div").with("id", "results-" + watched.id());
        var report = BoardReport.of(board, watched);
        if (report.isEmpty()) {
            return watched.isOver()
                    ? results
                    : results.add(tag("p", "Its effects will appear here.").with("class", "note"));
        }
        return fill(results, report.get());
    }

    private static Element fill(Element results, Report report) {
        var estimates = new Results(report);
        var page = new HtmlReport(report);
        results.add(tag("p", Interpretation.of(report.effects())).with("class", "answer"));
        results.add(estimates.effects());
        doses(report.effects()).forEach(results::add);
        clusters(report.effects()).forEach(results::add);
        return results.add(estimates.arms()).add(page.caveats());
    }

    /** How it was done and how to do it again, or the spec alone before anything came out. */
    static Element origin(Board board, Watched watched) {
        var origin = tag("div").with("id", "origin-" + watched.id());
        return BoardReport.of(board, watched)
                .map(
                        report ->
                                origin.add(new HtmlReport(report).method())
                                        .add(new Provenance(report).origin()))
                .orElseGet(() -> origin.add(spec(watched)));
    }

    private static Element spec(Watched watched) {
        return tag("section")
                .add(tag("h2", "Spec"))
                .add(
                        tag("pre")
                                .with("tabindex", 0)
                                .add(tag("code", watched.published().getSpec().strip())));
    }

    private static List<Element> doses(Effects effects) {
        var figures =
                Panel.of(effects).stream()
                        .filter(panel -> !panel.isCollateral())
                        .flatMap(
                                panel ->
                                        DoseCurve.of(panel, "dose-" + panel.metric()).stream()
                                                .map(plot -> figure(panel.title(), plot)))
                        .toList();
        return section("Dose and response", figures);
    }

    private static List<Element> clusters(Effects effects) {
        var figures =
                effects.getEffects().stream()
                        .filter(effect -> effect.getClusters().size() > 1)
                        .filter(effect -> effect.getContrast().startsWith(Arm.TREATED_LABEL))
                        .map(
                                effect ->
                                        figure(
                                                "%s, %s"
                                                        .formatted(
                                                                Panel.label(effect),
                                                                effect.getMetric()),
                                                ForestPlot.ofClusters(
                                                        effect,
                                                        "clusters-"
                                                                + effect.getContrast()
                                                                + "-"
                                                                + effect.getMetric())))
                        .toList();
        return section("In each relation", figures);
    }

    private static List<Element> section(String title, List<Element> figures) {
        return figures.isEmpty()
                ? List.of()
                : List.of(tag("section").add(tag("h2", title)).addAll(figures));
    }

    static Element figure(String caption, Element plot) {
        return tag("figure").add(tag("figcaption", caption)).add(plot);
    }
}
