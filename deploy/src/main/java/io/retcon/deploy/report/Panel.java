package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contrasts of one benchmark and one metric.
 *
 * @param benchmark the benchmark, or {@code unselected:} and the benchmark
 * @param metric the metric
 * @param effects its contrasts: treated against control first, the placebo's own last
 * @param scale a scale that all panels of the metric share, so that they can be compared by eye
 */
public record Panel(String benchmark, String metric, List<Effect> effects, Scale scale) {
    static final String UNSELECTED = "unselected:";
    private static final String OTHER_FACTORS = "other-factors:";

    /** What the original run knew of items that were not selected. */
    private static final Map<String, String> KNOWN =
            Map.of(
                    UNSELECTED + "known-before",
                    "known before the window",
                    UNSELECTED + "learned-in-window",
                    "learned in the window",
                    UNSELECTED + "learned-later",
                    "learned after the window",
                    UNSELECTED + "never",
                    "never known");

    private static final String DOSE = "dose-";
    private static final String CONTROL = "-control";

    private static final List<String> CONTRASTS =
            List.of("treated-control", "treated-placebo", "placebo-control");

    /** The panels of some effects: the selected items' first, otherwise in the effects' order. */
    public static List<Panel> of(Effects effects) {
        var panels = new LinkedHashMap<List<String>, Panel>();
        for (var effect : effects.getEffects()) {
            var key = List.of(effect.getBenchmark(), effect.getMetric());
            panels.computeIfAbsent(
                    key,
                    _ ->
                            new Panel(
                                    effect.getBenchmark(),
                                    effect.getMetric(),
                                    contrasts(effects, key),
                                    scale(effects, effect.getMetric())));
        }
        return panels.values().stream().sorted(Comparator.comparing(Panel::isCollateral)).toList();
    }

    /**
     * The one with the primary estimate, else (older records, factors) the selected items' first.
     */
    public static Optional<Panel> principal(Effects effects) {
        var selected = of(effects).stream().filter(panel -> !panel.isCollateral()).toList();
        return selected.stream()
                .filter(panel -> panel.primary().isPresent())
                .findFirst()
                .or(() -> selected.stream().findFirst());
    }

    private Optional<Effect> primary() {
        return effects.stream()
                .filter(effect -> new EstimatedEffect(effect).isPrimary())
                .findFirst();
    }

    private static List<Effect> contrasts(Effects effects, List<String> key) {
        return effects.getEffects().stream()
                .filter(e -> List.of(e.getBenchmark(), e.getMetric()).equals(key))
                .sorted(Comparator.comparingInt(e -> rank(e.getContrast())))
                .toList();
    }

    private static int rank(String contrast) {
        int rank = CONTRASTS.indexOf(contrast);
        return rank < 0 ? CONTRASTS.size() : rank;
    }

    /** Whether it is about items that were not selected, or for another factor's sake. */
    public boolean isCollateral() {
        return benchmark.startsWith(UNSELECTED) || benchmark.startsWith(OTHER_FACTORS);
    }

    /** Whether its metric is a share of items, from 0 to 1. */
    boolean isShare() {
        return isShare(metric);
    }

    public static boolean isShare(String metric) {
        return metric.startsWith("acc");
    }

    /** The contrast of that name, if it was estimated. */
    Optional<Effect> contrast(String name) {
        return effects.stream()
                .filter(Panel::isEstimated)
                .filter(effect -> effect.getContrast().equals(name))
                .findFirst();
    }

    /** The contrast to speak of: the primary one, else the treated arm's. */
    public Optional<Effect> principal() {
        var primary = primary();
        return primary.isPresent()
                ? primary.filter(Panel::isEstimated)
                : contrast("treated-control").or(() -> contrast("treated-placebo"));
    }

    /** Whether there was anything to estimate: an effect of no items or replicates says nothing. */
    static boolean isEstimated(Effect effect) {
        return new EstimatedEffect(effect).estimate().isPresent();
    }

    /** Whether its interval is known: one retraining of each arm, for one, has none. */
    static boolean hasInterval(Effect effect) {
        return new EstimatedEffect(effect).interval().isPresent();
    }

    /** Whether its interval contains zero, or isn't known. */
    static boolean mayBeNone(Effect effect) {
        return new EstimatedEffect(effect).mayBeNone();
    }

    /** What the panel is about, in words. */
    public String title() {
        if (benchmark.startsWith(OTHER_FACTORS)) {
            return "%s, other factors' items of %s"
                    .formatted(metric, benchmark.substring(OTHER_FACTORS.length()));
        }
        var known = KNOWN.get(benchmark);
        if (known != null) {
            return "%s, items not selected that were %s".formatted(metric, known);
        }
        return isCollateral()
                ? "%s, items not selected from %s"
                        .formatted(metric, benchmark.substring(UNSELECTED.length()))
                : "%s, selected items of %s".formatted(metric, benchmark);
    }

    private static Scale scale(Effects effects, String metric) {
        return Scale.around(
                effects.getEffects().stream().filter(e -> e.getMetric().equals(metric)).toList());
    }

    /** A contrast in words, with a real minus: treated − control, dose 0.5 − control. */
    public static String label(Effect effect) {
        var contrast = effect.getContrast();
        if (contrast.startsWith(DOSE) && contrast.endsWith(CONTROL)) {
            return "dose %s − control"
                    .formatted(
                            contrast.substring(
                                    DOSE.length(), contrast.length() - CONTROL.length()));
        }
        if (new EstimatedEffect(effect).isOfMatchers()) {
            return contrast.replace("]-treated[", "] − treated[");
        }
        return CONTRASTS.contains(contrast)
                ? contrast.replaceFirst("-", " − ")
                : contrast.replaceFirst("-", " ");
    }
}
