package io.retcon.deploy.report;

import io.retcon.schemas.history.Window;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A learning curve: share right by checkpoint, with the rewritten window shaded. */
public final class CurvePlot {
    private static final int TOP = 12;
    private static final int HEIGHT = 180;
    private static final double LEFT = 0.10;
    private static final double RIGHT = 0.97;

    private final LearningCurve curve;
    private final Window window;

    private CurvePlot(LearningCurve curve, Window window) {
        this.curve = curve;
        this.window = window;
    }

    public static Element of(LearningCurve curve, Window window, String id) {
        return new CurvePlot(curve, window).draw(id);
    }

    private Element draw(String id) {
        var drawing =
                new Drawing(
                        id,
                        "Share right (%s) at each checkpoint of the original run"
                                .formatted(curve.metric()),
                        description(),
                        TOP + HEIGHT + 40);
        drawing.bar("window", x(window.from()), TOP, x(window.to()) - x(window.from()), HEIGHT);
        for (double share : List.of(0.0, 0.5, 1.0)) {
            drawing.line("grid", LEFT, y(share), RIGHT, y(share));
            drawing.text("share", LEFT - 0.015, y(share) + 4, Figures.percent(share));
        }
        for (var point : labelled()) {
            drawing.text("tick", x(point.step()), TOP + HEIGHT + 18, String.valueOf(point.step()));
        }
        drawing.text("tick", (LEFT + RIGHT) / 2, TOP + HEIGHT + 36, "steps");
        series(drawing, "others", LearningCurve.Point::others);
        series(drawing, "selected", LearningCurve.Point::selected);
        return drawing.element();
    }

    private void series(
            Drawing drawing, String style, ToDoubleFunction<LearningCurve.Point> share) {
        var points =
                curve.points().stream().filter(p -> !Double.isNaN(share.applyAsDouble(p))).toList();
        for (int i = 1; i < points.size(); i++) {
            var before = points.get(i - 1);
            var after = points.get(i);
            drawing.line(
                    "curve " + style,
                    x(before.step()),
                    y(share.applyAsDouble(before)),
                    x(after.step()),
                    y(share.applyAsDouble(after)));
        }
        for (var point : points) {
            drawing.dot("point " + style, x(point.step()), y(share.applyAsDouble(point)), 3.5);
        }
    }

    /** As many checkpoints as have room on a phone, evenly taken, the last one among them. */
    private List<LearningCurve.Point> labelled() {
        var points = curve.points();
        int every = Math.max(1, (points.size() + 7) / 8);
        return points.reversed().stream()
                .filter(p -> points.reversed().indexOf(p) % every == 0)
                .toList();
    }

    private double x(long step) {
        long first = Math.min(curve.points().getFirst().step(), window.from());
        long last = Math.max(curve.points().getLast().step(), window.to());
        return LEFT + (RIGHT - LEFT) * (step - first) / (last - first);
    }

    private static double y(double share) {
        return TOP + HEIGHT * (1 - share);
    }

    private String description() {
        return curve.points().stream()
                .map(p -> "step %d: %s".formatted(p.step(), Figures.percent(p.selected())))
                .collect(Collectors.joining("; "));
    }
}
