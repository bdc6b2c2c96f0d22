package io.retcon.deploy.bench.soak;

import static io.retcon.deploy.report.Element.tag;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.LinePlot;
import io.retcon.deploy.report.Page;
import io.retcon.schemas.spec.Arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Whether what a soak measured is flat, as figures and as a page of plots. */
record SoakReport(Soak.Outcome outcome) {
    /**
     * A quantity that should not grow.
     *
     * @param bound share of its median that it may grow by from the first quarter's end to the end
     */
    private record Quantity(
            String name, String unit, double bound, Function<SoakRound, OptionalDouble> value) {
        List<Trend.Point> points(List<SoakRound> rounds) {
            return rounds.stream()
                    .filter(round -> value.apply(round).isPresent())
                    .map(round -> new Trend.Point(round.minute(), value.apply(round).getAsDouble()))
                    .toList();
        }
    }

    private static final double MEGABYTE = 1 << 20;
    private static final List<Quantity> QUANTITIES =
            List.of(
                    of("resident", "MB", 0.10, r -> r.footprint().residentBytes() / MEGABYTE),
                    of("native", "MB", 0.10, r -> r.footprint().nativeBytes() / MEGABYTE),
                    of("heap", "MB", 0.10, r -> r.footprint().heapBytes() / MEGABYTE),
                    of("threads", "threads", 0.05, r -> r.footprint().threads()),
                    of("handles", "handles", 0.05, r -> r.footprint().handles()),
                    new Quantity("start", "s", 1.00, SoakRound::start),
                    new Quantity("recovery", "s", 1.00, SoakRound::recovery));

    SoakReport {
        requireNonNull(outcome, "outcome is null");
    }

    private static Quantity of(
            String name, String unit, double bound, Function<SoakRound, Number> value) {
        return new Quantity(
                name, unit, bound, round -> OptionalDouble.of(value.apply(round).doubleValue()));
    }

    List<Measurement> measurements() {
        var rows = new ArrayList<Measurement>();
        if (outcome.rounds().isEmpty()) {
            return rows;
        }
        var last = outcome.rounds().getLast();
        rows.add(
                Measurement.alone(
                        "soak/differences",
                        outcome.differing(),
                        "differences",
                        "%d interventions, %,d rejects, %.1f minutes: effects unlike the first's"
                                .formatted(
                                        outcome.rounds().size(), last.rejects(), last.minute())));
        for (var quantity : QUANTITIES) {
            var points = quantity.points(outcome.rounds());
            if (!points.isEmpty()) {
                var trend = Trend.of(points);
                rows.add(
                        Measurement.alone(
                                "soak/" + quantity.name(),
                                trend.median(),
                                quantity.unit(),
                                verdict(quantity, trend)));
            }
        }
        return rows;
    }

    /** Whether it came to its end, no quantity grows and all effects are the first's. */
    boolean holds() {
        return outcome.broken().isEmpty()
                && outcome.differing() == 0
                && QUANTITIES.stream().noneMatch(this::grows);
    }

    private boolean grows(Quantity quantity) {
        var points = quantity.points(outcome.rounds());
        return !points.isEmpty() && Trend.of(points).exceeds(quantity.bound());
    }

    private static String verdict(Quantity quantity, Trend trend) {
        if (!trend.isKnown()) {
            return "too short to tell: %d of %d rounds that it takes"
                    .formatted(trend.points(), Trend.FEWEST);
        }
        return String.format(
                Locale.ROOT,
                "%s: grows by %+.1f %s in all, %+.1f %% of the median; the bound is %.0f %%",
                trend.exceeds(quantity.bound()) ? "NOT FLAT" : "flat",
                trend.growth(),
                quantity.unit(),
                100 * trend.share(),
                100 * quantity.bound());
    }

    /** A page of its own. */
    String html() {
        var main =
                tag("main")
                        .add(
                                tag("header")
                                        .add(
                                                tag("p", "Retcon · bench soak")
                                                        .with("class", "kicker"))
                                        .add(tag("h1", "Does a stack that works for long grow?"))
                                        .add(tag("p", answer()).with("class", "answer")));
        for (var quantity : QUANTITIES) {
            var points = quantity.points(outcome.rounds());
            if (points.size() > 1) {
                main.add(section(quantity, points));
            }
        }
        return new Page("bench soak · Retcon", main).html();
    }

    private String answer() {
        if (outcome.broken().isPresent()) {
            return outcome.broken().get();
        }
        return "%s %d of %d interventions have effects unlike the first's."
                .formatted(
                        QUANTITIES.stream().anyMatch(this::grows) ? "It does." : "It does not.",
                        outcome.differing(),
                        outcome.rounds().size());
    }

    private static Element section(Quantity quantity, List<Trend.Point> points) {
        var series =
                new LinePlot.Series(
                        quantity.name(),
                        Arm.TREATED_LABEL,
                        points.stream().map(p -> new LinePlot.Point(p.time(), p.value())).toList());
        return tag("section")
                .add(tag("h2", "%s, %s".formatted(quantity.name(), quantity.unit())))
                .add(tag("p", verdict(quantity, Trend.of(points))))
                .add(
                        tag("figure")
                                .add(
                                        LinePlot.of(
                                                List.of(series),
                                                "soak-" + quantity.name(),
                                                quantity.name(),
                                                "minutes")));
    }
}
