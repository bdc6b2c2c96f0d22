package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interventions that differ in their matchers alone, and which of them found the documents that
 * mattered.
 *
 * @param name what their names share: NAME of NAME/MATCHER
 * @param effects of each of them, in the spec's order
 */
public record MatcherComparison(String name, List<Effects> effects) {
    private static final double LEVEL = 0.05;
    private static final String DIFFERENCE = "difference";
    private static final String NOTHING =
            "No conclusion: there is no estimate of a treated arm against another one.";

    /**
     * One effect of one matcher, or the paired difference of two.
     *
     * @param matcher its name, or that it is a difference
     * @param documents that were changed, by the first of the two
     */
    public record Row(String matcher, long documents, Effect effect) {}

    private record What(String contrast, String benchmark, String metric) {
        static What of(Effect effect) {
            return new What(effect.getContrast(), effect.getBenchmark(), effect.getMetric());
        }
    }

    public MatcherComparison {
        effects = List.copyOf(effects);
    }

    /** Every matcher's effects, the same contrast of all of them one after the other. */
    public List<Row> rows() {
        var order = new LinkedHashSet<What>();
        effects.forEach(one -> one.getEffects().forEach(effect -> order.add(What.of(effect))));
        var rows = new ArrayList<Row>();
        for (var what : order) {
            for (var one : effects) {
                one.getEffects().stream()
                        .filter(effect -> What.of(effect).equals(what))
                        .map(effect -> row(one, effect))
                        .filter(row -> !isSaid(row, rows))
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    /** A difference is an effect of both interventions. */
    private static boolean isSaid(Row row, List<Row> rows) {
        return row.matcher().equals(DIFFERENCE)
                && rows.stream()
                        .anyMatch(one -> What.of(one.effect()).equals(What.of(row.effect())));
    }

    private Row row(Effects of, Effect effect) {
        var matcher =
                new EstimatedEffect(effect).isOfMatchers()
                        ? DIFFERENCE
                        : of.getName().substring(name.length() + 1);
        return new Row(matcher, of.getDocuments(), effect);
    }

    /**
     * Whose documents mattered most: the largest effect on the selected items, with its interval,
     * and whether it can be told from the next one.
     */
    public String sentence() {
        var ranked =
                effects.stream()
                        .flatMap(
                                one ->
                                        Panel.principal(one)
                                                .flatMap(Panel::principal)
                                                .map(effect -> row(one, effect))
                                                .stream())
                        .sorted(Comparator.comparing(row -> -Math.abs(row.effect().getEstimate())))
                        .toList();
        if (ranked.isEmpty()) {
            return NOTHING;
        }
        var best = ranked.getFirst();
        var what = "%s %s".formatted(Panel.label(best.effect()), best.effect().getMetric());
        var first =
                Panel.mayBeNone(best.effect())
                        ? "No conclusion: the largest change of %s is that of %s, %s, and may be chance"
                                .formatted(what, best.matcher(), figures(best))
                        : "The documents of %s mattered most: %s %s"
                                .formatted(best.matcher(), what, figures(best));
        return first
                + ranked.stream().skip(1).findFirst().map(second -> next(best, second)).orElse(".")
                + numbers(ranked);
    }

    private static String figures(Row row) {
        return Figures.withInterval(row.effect());
    }

    private String next(Row best, Row next) {
        return "; next come those of %s with %s, and %s."
                .formatted(next.matcher(), figures(next), apart(best, next));
    }

    /** By the paired test where there is one: it finds more than intervals beside each other. */
    private String apart(Row best, Row next) {
        var difference = difference(best, next);
        if (difference.isPresent()) {
            var paired = difference.get();
            return "paired by item and replicate, %s is %s (q %s)%s"
                    .formatted(
                            Panel.label(paired),
                            Figures.withInterval(paired),
                            Figures.p(paired.getQ()),
                            paired.getQ() <= LEVEL
                                    ? ""
                                    : ", so which of the two matters more is open");
        }
        if (!Panel.hasInterval(best.effect()) || !Panel.hasInterval(next.effect())) {
            return "which of the two matters more is open";
        }
        boolean apart =
                best.effect().getHigh() < next.effect().getLow()
                        || next.effect().getHigh() < best.effect().getLow();
        return apart
                ? "the two intervals do not overlap"
                : "the two intervals overlap, so which of the two matters more is open";
    }

    private Optional<Effect> difference(Row one, Row other) {
        var names =
                Set.of(
                        "treated[%s]-treated[%s]".formatted(one.matcher(), other.matcher()),
                        "treated[%s]-treated[%s]".formatted(other.matcher(), one.matcher()));
        return effects.stream()
                .flatMap(of -> of.getEffects().stream())
                .filter(effect -> names.contains(effect.getContrast()))
                .filter(effect -> effect.getMetric().equals(one.effect().getMetric()))
                .filter(Panel::hasInterval)
                .findFirst();
    }

    private static String numbers(List<Row> ranked) {
        if (ranked.stream().map(Row::documents).distinct().count() == 1) {
            return " Each changed %s."
                    .formatted(Figures.count(ranked.getFirst().documents(), "document"));
        }
        return " Their numbers of documents differ (%s), which alone can make effects differ."
                .formatted(
                        ranked.stream()
                                .map(row -> "%s %,d".formatted(row.matcher(), row.documents()))
                                .collect(Collectors.joining(", ")));
    }
}
