package io.retcon.deploy.report;

import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.spec.Arm;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Estimates around zero, one below the other: a dot an estimate, a line an interval. */
public final class ForestPlot {
    private static final int ROW = 50;
    private static final int AXIS = 30;
    private static final double MARGIN = 0.03;

    private record Row(
            String label, String figures, Effect effect, String style, boolean isEstimated) {
        static Row of(Effect effect) {
            return new Row(
                    Panel.label(effect),
                    Figures.withInterval(effect),
                    effect,
                    effect.getContrast().startsWith(Arm.TREATED_LABEL)
                            ? Arm.TREATED_LABEL
                            : Arm.PLACEBO_LABEL,
                    Panel.isEstimated(effect));
        }

        static Row of(Effect whole, ClusterEffect cluster) {
            var effect =
                    Effect.newBuilder(whole)
                            .setEstimate(cluster.getEstimate())
                            .setLow(cluster.getLow())
                            .setHigh(cluster.getHigh())
                            .setItems(cluster.getItems())
                            .setClusters(List.of())
                            .build();
            return new Row(
                    "%s (%s)"
                            .formatted(
                                    cluster.getCluster(),
                                    Figures.count(cluster.getItems(), "item")),
                    Figures.withInterval(effect),
                    effect,
                    Arm.TREATED_LABEL,
                    Panel.isEstimated(effect));
        }
    }

    private final Scale scale;
    private final List<Row> rows;

    private ForestPlot(Scale scale, List<Row> rows) {
        this.scale = scale;
        this.rows = rows;
    }

    /** A panel's contrasts. */
    public static Element of(Panel panel, String id) {
        return new ForestPlot(panel.scale(), panel.effects().stream().map(Row::of).toList())
                .draw(id, panel.title());
    }

    /** One effect's estimates in each of its clusters, the lowest first. */
    public static Element ofClusters(Effect effect, String id) {
        var rows =
                effect.getClusters().stream()
                        .sorted(
                                Comparator.comparingDouble(ClusterEffect::getEstimate)
                                        .thenComparing(ClusterEffect::getCluster))
                        .map(cluster -> Row.of(effect, cluster))
                        .toList();
        var scale = Scale.around(rows.stream().map(Row::effect).toList());
        return new ForestPlot(scale, rows)
                .draw(
                        id,
                        "%s of %s in each %s"
                                .formatted(
                                        Panel.label(effect),
                                        effect.getMetric(),
                                        effect.getClusteredBy().orElse("relation")));
    }

    private Element draw(String id, String title) {
        int height = rows.size() * ROW;
        var drawing = new Drawing(id, title, description(), height + AXIS);
        for (double tick : scale.ticks()) {
            drawing.text("tick", x(tick), height + 20, Figures.plain(tick));
        }
        int top = 0;
        for (var row : rows) {
            draw(drawing, row, top);
            top += ROW;
        }
        return drawing.element();
    }

    private void draw(Drawing drawing, Row row, int top) {
        var effect = row.effect();
        var dot = Panel.mayBeNone(effect) ? "hollow " : "full ";
        double y = top + 34;
        scale.ticks().forEach(tick -> upright(drawing, "grid", x(tick), top));
        upright(drawing, "zero", x(0), top);
        drawing.text("label", 0, top + 16, row.label()).text("number", 1, top + 16, row.figures());
        if (Panel.hasInterval(effect)) {
            drawing.line("interval " + row.style(), x(effect.getLow()), y, x(effect.getHigh()), y);
        }
        if (row.isEstimated()) {
            drawing.dot(dot + row.style(), x(effect.getEstimate()), y, 5.5);
        }
    }

    /** Below the row's words, so that no line crosses them. */
    private static void upright(Drawing drawing, String style, double x, int top) {
        drawing.line(style, x, top + 22, x, top + ROW);
    }

    private double x(double value) {
        return MARGIN + (1 - 2 * MARGIN) * scale.place(value);
    }

    private String description() {
        return rows.stream()
                .map(row -> row.label() + ": " + row.figures())
                .collect(Collectors.joining("; "));
    }
}
