package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;

import java.util.stream.Collectors;

/** A panel's contrasts around zero: a dot an estimate, a line an interval. */
final class ForestPlot {
    private static final int ROW = 50;
    private static final int AXIS = 30;
    private static final double MARGIN = 0.03;

    private ForestPlot() {}

    static Element of(Panel panel, String id) {
        var scale = panel.scale();
        int rows = panel.effects().size() * ROW;
        var drawing = new Drawing(id, panel.title(), description(panel), rows + AXIS);
        for (double tick : scale.ticks()) {
            drawing.text("tick", x(scale, tick), rows + 20, Figures.plain(tick));
        }
        int top = 0;
        for (var effect : panel.effects()) {
            row(drawing, scale, effect, top);
            top += ROW;
        }
        return drawing.element();
    }

    private static void row(Drawing drawing, Scale scale, Effect effect, int top) {
        var style = effect.getContrast().startsWith("treated") ? "treated" : "placebo";
        var dot = Panel.containsZero(effect) ? "hollow " : "full ";
        double y = top + 34;
        scale.ticks().forEach(tick -> upright(drawing, "grid", x(scale, tick), top));
        upright(drawing, "zero", x(scale, 0), top);
        drawing.text("label", 0, top + 16, Panel.label(effect))
                .text("number", 1, top + 16, Figures.withInterval(effect));
        if (Panel.isEstimated(effect)) {
            double low = x(scale, effect.getLow());
            double high = x(scale, effect.getHigh());
            drawing.line("interval " + style, low, y, high, y)
                    .dot(dot + style, x(scale, effect.getEstimate()), y, 5.5);
        }
    }

    /** Below the row's words, so that no line crosses them. */
    private static void upright(Drawing drawing, String style, double x, int top) {
        drawing.line(style, x, top + 22, x, top + ROW);
    }

    private static double x(Scale scale, double value) {
        return MARGIN + (1 - 2 * MARGIN) * scale.place(value);
    }

    private static String description(Panel panel) {
        return panel.effects().stream()
                .map(effect -> Panel.label(effect) + ": " + Figures.withInterval(effect))
                .collect(Collectors.joining("; "));
    }
}
