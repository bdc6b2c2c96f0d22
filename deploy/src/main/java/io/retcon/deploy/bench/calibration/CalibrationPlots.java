package io.retcon.deploy.bench.calibration;

import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.LinePlot;
import io.retcon.deploy.report.LinePlot.Point;
import io.retcon.deploy.report.LinePlot.Series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What cells showed, drawn: each plot a file of its own, whose lines are kinds of worlds. */
final class CalibrationPlots {
    private static final int WIDTH = 640;
    private static final int LEGEND = 20;
    private static final int HEIGHT = 252;
    private static final String[] COLOURS = {
        "#0b6", "#06c", "#c40", "#909", "#777", "#b80", "#0aa", "#e39"
    };

    /** Families of worlds by how their names begin. */
    private static final Map<String, String> FAMILIES = new LinkedHashMap<>();

    static {
        FAMILIES.put("alike", "arms alike");
        FAMILIES.put("ceiling", "both arms at the ceiling");
        FAMILIES.put("learned", "control at the ceiling");
        FAMILIES.put("sd-times", "treated arm's sd × 1 to 10");
        FAMILIES.put("relations", "2 to 12 relations");
        FAMILIES.put("beta", "beta-binomial shares");
        FAMILIES.put("heavy", "heavy tails");
        FAMILIES.put("skewed", "skewed items");
    }

    private final List<Cell.Result> results;

    CalibrationPlots(List<Cell.Result> results) {
        this.results = results.stream().filter(result -> result.replicates() > 1).toList();
    }

    /** Writes the plots for which there are cells. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var metric : List.of("margin", "shares")) {
            Predicate<Cell.Result> of =
                    result -> result.metric().equals("margin") == metric.equals("margin");
            draw(
                    folder.resolve("rejects-by-replicates-%s.svg".formatted(metric)),
                    "How often 5 % tests reject the truth, worst cell: " + metric,
                    "replicates",
                    byFamily(of, Cell.Result::replicates, Cell.Result::rejects, Math::max));
            draw(
                    folder.resolve("covers-by-items-%s.svg".formatted(metric)),
                    "How often 95 % intervals cover the truth, worst cell: " + metric,
                    "items",
                    byFamily(of, Cell.Result::items, Cell.Result::coverage, Math::min));
        }
        var power = power();
        if (!power.isEmpty()) {
            var title =
                    "How often an effect is found: 21 items, control at the ceiling, retrainings'"
                            + " sd 1.0";
            var plot = LinePlot.ofShares(power, "plot", title, "share of the items lost");
            Files.writeString(folder.resolve("power.svg"), drawing(title, power, plot) + "\n");
        }
    }

    private List<Series> byFamily(
            Predicate<Cell.Result> of,
            Function<Cell.Result, Integer> across,
            Function<Cell.Result, Double> up,
            BinaryOperator<Double> worst) {
        var series = new ArrayList<Series>();
        for (var family : FAMILIES.entrySet()) {
            var points = new TreeMap<Integer, Double>();
            results.stream()
                    .filter(of)
                    .filter(result -> result.world().startsWith(family.getKey()))
                    .forEach(result -> points.merge(across.apply(result), up.apply(result), worst));
            if (points.size() > 1) {
                series.add(new Series(family.getValue(), "c" + series.size(), points(points)));
            }
        }
        return series;
    }

    private List<Series> power() {
        var byReplicates = new TreeMap<Integer, TreeMap<Double, Double>>();
        results.stream()
                .filter(result -> result.world().matches("learned-.*-sd-1[.]0"))
                .filter(result -> result.items() == 21)
                .forEach(
                        result ->
                                byReplicates
                                        .computeIfAbsent(result.replicates(), _ -> new TreeMap<>())
                                        .put(-result.truth(), result.power()));
        var series = new ArrayList<Series>();
        byReplicates.forEach(
                (replicates, points) ->
                        series.add(
                                new Series(
                                        "%d replicates".formatted(replicates),
                                        "c" + series.size(),
                                        points(points))));
        return series;
    }

    private static List<Point> points(Map<? extends Number, Double> values) {
        return values.entrySet().stream()
                .map(of -> new Point(of.getKey().doubleValue(), of.getValue()))
                .toList();
    }

    private static void draw(Path file, String title, String axis, List<Series> series)
            throws IOException {
        if (!series.isEmpty()) {
            var plot = LinePlot.of(series, "plot", title, axis);
            Files.writeString(file, drawing(title, series, plot) + "\n");
        }
    }

    /** Alone it needs what a page would give it: colours, a ground, and names of its lines. */
    private static Element drawing(String title, List<Series> series, Element plot) {
        int rows = (series.size() + 2) / 3;
        int top = 24 + LEGEND * rows;
        var svg =
                Element.tag("svg")
                        .with("xmlns", "http://www.w3.org/2000/svg")
                        .with("width", WIDTH)
                        .with("height", top + HEIGHT)
                        .add(Element.tag("style", style()))
                        .add(
                                Element.tag("rect")
                                        .with("width", "100%")
                                        .with("height", "100%")
                                        .with("fill", "#fff"))
                        .add(Element.tag("text", title).with("x", 12).with("y", 18));
        for (int i = 0; i < series.size(); i++) {
            svg.add(
                    Element.tag("text", "● " + series.get(i).name())
                            .with("class", "name " + series.get(i).style())
                            .with("x", 12 + i % 3 * 210)
                            .with("y", 40 + LEGEND * (i / 3)));
        }
        return svg.add(plot.with("y", top));
    }

    private static String style() {
        var marks =
                "text{font:13px sans-serif;fill:#222}.tick{text-anchor:middle}"
                    + ".share{text-anchor:end}.grid{stroke:#ddd}.curve{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}";
        return Stream.iterate(0, i -> i < COLOURS.length, i -> i + 1)
                .map(
                        i ->
                                ".curve.c%1$d{stroke:%2$s}.point.c%1$d,.name.c%1$d{fill:%2$s}"
                                        .formatted(i, COLOURS[i]))
                .reduce(marks, String::concat);
    }
}
