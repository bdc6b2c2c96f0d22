package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.schemas.record.Effect;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections with the estimates and the arms' means. */
public final class Results {
    private static final List<String> COLUMNS =
            List.of(
                    "Metric",
                    "Benchmark",
                    "Contrast",
                    "Estimate",
                    "Interval",
                    "p",
                    "q",
                    "Family",
                    "Detectable",
                    "Items",
                    "Replicates");

    private static final String UNKNOWN = "–";

    private final Report report;

    public Results(Report report) {
        this.report = report;
    }

    public Element effects() {
        var section = tag("section").add(tag("h2", "Effects"));
        primary().ifPresent(sentence -> section.add(tag("p", sentence)));
        SeriesText.of(report.effects()).ifPresent(sentence -> section.add(tag("p", sentence)));
        var panels = Panel.of(report.effects());
        for (int i = 0; i < panels.size(); i++) {
            section.add(
                    tag("figure")
                            .add(tag("figcaption", panels.get(i).title()))
                            .add(ForestPlot.of(panels.get(i), "effects-" + i)));
        }
        var rows =
                panels.stream()
                        .flatMap(panel -> panel.effects().stream())
                        .map(Results::row)
                        .toList();
        return section.add(
                        tag(
                                        "p",
                                        "A hollow dot marks an interval that contains zero, or an"
                                                + " estimate without one.")
                                .with("class", "note"))
                .add(Table.folded("The same as a table", COLUMNS, rows));
    }

    private Optional<String> primary() {
        return report.effects().getEffects().stream()
                .filter(effect -> new EstimatedEffect(effect).isPrimary())
                .findFirst()
                .map(
                        effect ->
                                "Primary estimate, judged by its own p: %s by %s, selected items of %s. The others are judged by q, p adjusted inside their family (%s)."
                                        .formatted(
                                                Panel.label(effect),
                                                effect.getMetric(),
                                                effect.getBenchmark(),
                                                method()));
    }

    private String method() {
        return report.spec().multiplicity().equals("holm")
                ? "Holm: the chance of any false discovery"
                : "Benjamini and Hochberg: the share of false discoveries";
    }

    private static String family(Effect effect) {
        return effect.getFamily().isEmpty() ? UNKNOWN : effect.getFamily();
    }

    private static List<Object> row(Effect effect) {
        var estimated = new EstimatedEffect(effect);
        var interval =
                estimated
                        .interval()
                        .map(
                                i ->
                                        "%s to %s (%s)"
                                                .formatted(
                                                        Figures.signed(i.low()),
                                                        Figures.signed(i.high()),
                                                        Figures.percent(effect.getLevel())));
        return List.of(
                effect.getMetric(),
                effect.getBenchmark(),
                Panel.label(effect),
                estimated.estimate().map(Figures::signed).orElse(UNKNOWN),
                interval.orElse(UNKNOWN),
                estimated.p().map(Figures::p).orElse(UNKNOWN),
                estimated.q().map(Figures::p).orElse(UNKNOWN),
                family(effect),
                estimated.minimumDetectable().map(Figures::plain).orElse(UNKNOWN),
                effect.getItems(),
                effect.getReplicates());
    }

    public Element arms() {
        var metrics = report.spec().metrics();
        var head = new ArrayList<>(List.of("Arm"));
        head.addAll(metrics);
        head.add("Tokens cut");
        var rows = report.spec().arms().stream().map(arm -> row(arm, metrics)).toList();
        var explanation =
                "Means over the selected items and the replicates, and the tokens that fell off the"
                        + " ends of sequences.";
        return tag("section")
                .add(tag("h2", "Arms"))
                .add(tag("p", explanation))
                .add(Table.of(head, rows));
    }

    private List<Object> row(String arm, List<String> metrics) {
        var row = new ArrayList<Object>(List.of(arm));
        var means = report.effects().getArms().get(arm);
        for (var metric : metrics) {
            row.add(
                    means == null || !means.containsKey(metric)
                            ? UNKNOWN
                            : mean(metric, means.get(metric)));
        }
        row.add(report.effects().getTruncated().getOrDefault(arm, 0L));
        return row;
    }

    private static Object mean(String metric, double mean) {
        if (!Panel.isShare(metric)) {
            return Figures.plain(mean);
        }
        return tag("span").with("class", "mean").add(ShareBar.of(mean)).text(Figures.percent(mean));
    }
}
