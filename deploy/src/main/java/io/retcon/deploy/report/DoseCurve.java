package io.retcon.deploy.report;

import io.retcon.deploy.report.LinePlot.Point;
import io.retcon.deploy.report.LinePlot.Series;
import io.retcon.schemas.record.Effect;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Dose and response: the estimates against control by the share of documents that were changed. */
public final class DoseCurve {
    private static final String DOSE = "dose-";
    private static final String CONTROL = "-control";
    private static final String WHOLE = "treated-control";

    private DoseCurve() {}

    /** Of one panel; nothing where it has no doses. */
    public static Optional<Element> of(Panel panel, String id) {
        var points = new ArrayList<Point>();
        panel.effects().stream()
                .filter(Panel::isEstimated)
                .forEach(effect -> point(effect).ifPresent(points::add));
        if (points.stream().noneMatch(point -> point.x() < 1)) {
            return Optional.empty();
        }
        points.add(new Point(0, 0));
        points.sort(Comparator.comparingDouble(Point::x));
        return Optional.of(
                LinePlot.of(
                        List.of(new Series("dose − control", "dose", points)),
                        id,
                        "Dose and response: " + panel.title(),
                        "share of the matched documents changed"));
    }

    private static Optional<Point> point(Effect effect) {
        double y = effect.getEstimate();
        return dose(effect.getContrast())
                .map(
                        x ->
                                new EstimatedEffect(effect)
                                        .interval()
                                        .map(i -> new Point(x, y, i.low(), i.high()))
                                        .orElse(new Point(x, y)));
    }

    private static Optional<Double> dose(String contrast) {
        if (contrast.equals(WHOLE)) {
            return Optional.of(1.0);
        }
        return Stream.of(contrast)
                .filter(c -> c.matches(DOSE + "[0-9.]+" + CONTROL))
                .map(c -> c.substring(DOSE.length(), c.length() - CONTROL.length()))
                .map(Double::valueOf)
                .findFirst();
    }
}
