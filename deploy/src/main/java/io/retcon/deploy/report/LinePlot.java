package io.retcon.deploy.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines over a common axis: losses, scores or doses. */
public final class LinePlot {
    private static final int TOP = 12;
    private static final int HEIGHT = 200;
    private static final double LEFT = 0.10;
    private static final double RIGHT = 0.97;

    /**
     * A point, with an interval where it has one.
     *
     * @param low the interval's lower end; {@code y} where there is none
     * @param high the interval's upper end; {@code y} where there is none
     */
    public record Point(double x, double y, double low, double high) {
        public Point(double x, double y) {
            this(x, y, y, y);
        }
    }

    /**
     * One line.
     *
     * @param style the class of its marks: treated, placebo, control or another
     * @param points by x
     */
    public record Series(String name, String style, List<Point> points) {
        public Series {
            requireNonNull(name, "name is null");
            requireNonNull(style, "style is null");
            points = List.copyOf(points);
        }
    }

    private final List<Series> series;
    private final Scale across;
    private final Scale up;
    private final Function<Double, String> text;

    private LinePlot(List<Series> series, Scale up, Function<Double, String> text) {
        this.series = series;
        this.up = up;
        this.text = text;
        var xs = points(series).mapToDouble(Point::x).summaryStatistics();
        this.across = Scale.from(xs.getMin(), Math.max(xs.getMax(), xs.getMin() + 1e-9));
    }

    /**
     * Values of any size: the axis covers them.
     *
     * @param axis what lies across
     */
    public static Element of(List<Series> series, String id, String title, String axis) {
        var drawn = drawn(series);
        var ys =
                points(drawn)
                        .flatMap(p -> Stream.of(p.low(), p.high()))
                        .mapToDouble(Double::doubleValue)
                        .summaryStatistics();
        return new LinePlot(drawn, Scale.covering(ys.getMin(), ys.getMax()), Figures::plain)
                .draw(id, title, axis);
    }

    /** Shares: the axis goes from nothing to all. */
    public static Element ofShares(List<Series> series, String id, String title, String axis) {
        return new LinePlot(drawn(series), new Scale(0, 1, 0.5), Figures::percent)
                .draw(id, title, axis);
    }

    private static List<Series> drawn(List<Series> series) {
        var drawn = series.stream().filter(one -> !one.points().isEmpty()).toList();
        if (drawn.isEmpty()) {
            throw new IllegalArgumentException("there is no point to draw");
        }
        return drawn;
    }

    private static Stream<Point> points(List<Series> series) {
        return series.stream().flatMap(one -> one.points().stream());
    }

    private Element draw(String id, String title, String axis) {
        var drawing = new Drawing(id, title, description(), TOP + HEIGHT + 40);
        for (double tick : up.ticks()) {
            drawing.line("grid", LEFT, y(tick), RIGHT, y(tick));
            drawing.text("share", LEFT - 0.015, y(tick) + 4, text.apply(tick));
        }
        for (double tick : across.ticks()) {
            drawing.text("tick", x(tick), TOP + HEIGHT + 18, number(tick));
        }
        drawing.text("tick", (LEFT + RIGHT) / 2, TOP + HEIGHT + 36, axis);
        series.forEach(one -> draw(drawing, one));
        return drawing.element();
    }

    private void draw(Drawing drawing, Series one) {
        var points = one.points();
        boolean few = points.size() <= 24;
        drawing.path("curve " + one.style(), LEFT, TOP, RIGHT - LEFT, HEIGHT, path(points));
        for (var point : points) {
            if (point.low() < point.high()) {
                drawing.line(
                        "interval " + one.style(),
                        x(point.x()),
                        y(point.low()),
                        x(point.x()),
                        y(point.high()));
            }
            if (few) {
                drawing.dot("point " + one.style(), x(point.x()), y(point.y()), 3.5);
            }
        }
    }

    private String path(List<Point> points) {
        return points.stream()
                .map(
                        p ->
                                "%d,%d"
                                        .formatted(
                                                Math.round(1_000 * across.place(p.x())),
                                                Math.round(1_000 * (1 - up.place(p.y())))))
                .collect(Collectors.joining(" "));
    }

    private double x(double value) {
        return LEFT + (RIGHT - LEFT) * across.place(value);
    }

    private double y(double value) {
        return TOP + HEIGHT * (1 - up.place(value));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : Figures.plain(value);
    }

    private String description() {
        return series.stream()
                .map(
                        one ->
                                "%s: from %s to %s"
                                        .formatted(
                                                one.name(),
                                                text.apply(one.points().getFirst().y()),
                                                text.apply(one.points().getLast().y())))
                .collect(Collectors.joining("; "));
    }
}
