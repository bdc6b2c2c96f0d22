package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What some effects mean, in one sentence of plain words. */
public final class Interpretation {
    private static final String NOTHING =
            "No conclusion: there is no estimate of the treated arm against another one.";

    private static final String TREATED = "treated-";
    private static final String FACTOR = "factor-";
    private static final String NO_INTERVAL = "no interval";

    private final Effects effects;
    private final Panel panel;

    private Interpretation(Effects effects, Panel panel) {
        this.effects = effects;
        this.panel = panel;
    }

    /**
     * One sentence: what was changed, how the primary metric of the selected items changed, with
     * its interval, and what the placebo says; 'No conclusion' where the interval contains 0 or
     * isn't known.
     */
    public static String of(Effects effects) {
        var panel = Panel.principal(effects);
        var factors = panel.map(p -> ofFactors(effects, p.metric())).orElse(List.of());
        if (!factors.isEmpty()) {
            return "Each factor on against off, its own items: %s."
                    .formatted(String.join("; ", factors));
        }
        return panel.map(p -> new Interpretation(effects, p).sentence()).orElse(NOTHING);
    }

    /**
     * What a reader must know before believing that, each once: the caveats of the same benchmark
     * and metric.
     */
    public static List<String> caveats(Effects effects) {
        return Panel.principal(effects).stream()
                .flatMap(panel -> panel.effects().stream())
                .flatMap(effect -> effect.getCaveats().stream())
                .distinct()
                .toList();
    }

    /** What each factor of a factorial design does to its own items. */
    private static List<String> ofFactors(Effects effects, String metric) {
        var said = new LinkedHashMap<String, String>();
        for (var panel : Panel.of(effects)) {
            for (var effect : panel.effects()) {
                if (!panel.isCollateral()
                        && panel.metric().equals(metric)
                        && effect.getContrast().startsWith(FACTOR)
                        && Panel.isEstimated(effect)) {
                    said.putIfAbsent(
                            effect.getContrast(),
                            new Interpretation(effects, panel).ofFactor(effect));
                }
            }
        }
        return List.copyOf(said.values());
    }

    private String ofFactor(Effect effect) {
        boolean mayBeChance = Panel.mayBeNone(effect);
        return "'%s' %s (%s)%s"
                .formatted(
                        effect.getContrast().substring(FACTOR.length()),
                        mayBeChance ? changed(effect) : moved(effect),
                        interval(effect),
                        mayBeChance ? ", which may be chance" : "");
    }

    private String sentence() {
        return panel.principal()
                .map(e -> e.getContrast().startsWith(TREATED) ? ofTreated(e) : ofOther(e))
                .orElse(NOTHING);
    }

    private String ofTreated(Effect effect) {
        return Panel.mayBeNone(effect) ? noConclusion(effect) : conclusion(effect);
    }

    /** Where the spec's primary estimate is not of the treated arm. */
    private String ofOther(Effect effect) {
        boolean mayBeChance = Panel.mayBeNone(effect);
        return "%s%s %s%s%s."
                .formatted(
                        mayBeChance ? "No conclusion: " : "",
                        Panel.label(effect),
                        mayBeChance ? changed(effect) : moved(effect),
                        sample(effect),
                        mayBeChance ? ", which may be chance" + power(effect) : "");
    }

    private String conclusion(Effect effect) {
        return "Replacing %s %s%s; %s."
                .formatted(documents(), moved(effect), sample(effect), placebo(effect));
    }

    private String noConclusion(Effect effect) {
        return "No conclusion: replacing %s %s%s, which may be chance%s."
                .formatted(documents(), changed(effect), sample(effect), power(effect));
    }

    private String power(Effect effect) {
        return new EstimatedEffect(effect)
                .minimumDetectable()
                .filter(detectable -> detectable > 0)
                .map(d -> "; changes below %s are hard to see here".formatted(amount(d)))
                .orElse("");
    }

    private String documents() {
        return "%s of steps %d–%d"
                .formatted(
                        Figures.count(effects.getDocuments(), "matched document"),
                        effects.getWindow().getFrom(),
                        effects.getWindow().getTo());
    }

    private String what(Effect effect) {
        var items = Figures.count(effect.getItems(), "item");
        return panel.isShare()
                ? "share right (%s) of %s".formatted(panel.metric(), items)
                : "mean %s of %s".formatted(panel.metric(), items);
    }

    private String changed(Effect effect) {
        return "changed the %s by %s".formatted(what(effect), size(effect.getEstimate()));
    }

    private String moved(Effect effect) {
        return "%s the %s by %s%s"
                .formatted(
                        effect.getEstimate() < 0 ? "lowered" : "raised",
                        what(effect),
                        amount(effect.getEstimate()),
                        levels(effect));
    }

    /** From where to where, if both arms' means are known. */
    private String levels(Effect effect) {
        var arms = effect.getContrast().split("-", 2);
        var after = mean(arms[0]);
        var before = mean(arms[1]);
        return after.isPresent() && before.isPresent()
                ? ", from %s to %s".formatted(level(before.get()), level(after.get()))
                : "";
    }

    private Optional<Double> mean(String arm) {
        return Optional.ofNullable(effects.getArms().get(arm)).map(m -> m.get(panel.metric()));
    }

    private String sample(Effect effect) {
        return " (%s, %s)"
                .formatted(interval(effect), Figures.count(effect.getReplicates(), "replicate"));
    }

    private String interval(Effect effect) {
        return Panel.hasInterval(effect)
                ? "%s interval %s".formatted(Figures.percent(effect.getLevel()), range(effect))
                : NO_INTERVAL;
    }

    private String placebo(Effect effect) {
        var placebo = panel.contrast("placebo-control");
        if (placebo.isEmpty() || effect.getContrast().equals("treated-placebo")) {
            return "without a placebo and a control to compare, nobody can say whether any other"
                    + " documents would have done the same";
        }
        var own = placebo.get();
        return "%sas many documents taken at random changed it by %s (%s)%s%s"
                .formatted(
                        Panel.mayBeNone(own) ? "" : "but ",
                        size(own.getEstimate()),
                        range(own),
                        Panel.mayBeNone(own) ? ", which may be chance" : " too",
                        panel.contrast("treated-placebo").map(this::beyondPlacebo).orElse(""));
    }

    private String beyondPlacebo(Effect effect) {
        return ", and against these the matched ones still account for %s (%s)%s"
                .formatted(
                        size(effect.getEstimate()),
                        range(effect),
                        Panel.mayBeNone(effect) ? ", which may be chance too" : "");
    }

    private String level(double mean) {
        return panel.isShare() ? Figures.percent(mean) : Figures.plain(mean);
    }

    /** With signs: −97 to −75 points, or −1.4 to −1.1. */
    private String range(Effect effect) {
        return Panel.hasInterval(effect)
                ? "%s to %s".formatted(number(effect.getLow()), size(effect.getHigh()))
                : NO_INTERVAL;
    }

    /** With a sign: −88 points, or −1.25. */
    private String size(double change) {
        return panel.isShare() ? number(change) + " points" : number(change);
    }

    private String number(double change) {
        if (!panel.isShare()) {
            return Figures.signed(change);
        }
        var points = Figures.points(change);
        return (points.equals("0") ? "" : change < 0 ? "−" : "+") + points;
    }

    /** Without a sign: 88 points, or 1.25. */
    private String amount(double change) {
        return panel.isShare()
                ? Figures.points(change) + " points"
                : Figures.plain(Math.abs(change));
    }
}
