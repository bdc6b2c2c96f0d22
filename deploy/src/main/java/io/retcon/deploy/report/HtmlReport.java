package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Effect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One self-contained page about an intervention: nothing is loaded from anywhere, whatever comes
 * from outside is escaped, and every plot stands beside a table of the same numbers.
 */
public final class HtmlReport {
    private final Report report;
    private final Method method;

    public HtmlReport(Report report) {
        this.report = report;
        this.method = new Method(report.spec());
    }

    /** The page, as UTF-8 text. The same report gives the same page. */
    public static String of(Report report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        return new Page(report.effects().getName() + " · Retcon", main()).html();
    }

    private Element main() {
        var results = new Results(report);
        var main = tag("main").add(header()).add(results.effects()).add(results.arms());
        var window = Window.of(report.spec().window());
        report.curve()
                .filter(curve -> curve.points().size() > 1)
                .ifPresent(curve -> main.add(new LearningSection(curve, window).element()));
        report.truth().ifPresent(truth -> main.add(TruthSection.of(truth)));
        var provenance = new Provenance(report);
        return main.add(method())
                .add(caveats())
                .add(provenance.retrainings())
                .add(provenance.origin());
    }

    /** The question, the answer in one sentence, and the counts. */
    public Element header() {
        var effects = report.effects();
        var spec = report.spec();
        long retrainings = (long) spec.arms().size() * spec.retrain().getReplicates();
        return tag("header")
                .add(tag("p", "Retcon · " + effects.getName()).with("class", "kicker"))
                .add(tag("h1", method.question()))
                .add(tag("p", Interpretation.of(effects)).with("class", "answer"))
                .add(
                        tag("dl")
                                .with("class", "counts")
                                .add(count("items", effects.getItems()))
                                .add(count("documents matched", effects.getDocuments()))
                                .add(count("steps", Window.of(effects.getWindow()).steps()))
                                .add(count("retrainings", retrainings)));
    }

    private static Element count(String what, long number) {
        return tag("div")
                .add(tag("dt", what))
                .add(tag("dd", String.format(Locale.ROOT, "%,d", number)));
    }

    /** What was done, in the order in which it was. */
    public Element method() {
        return tag("section")
                .add(tag("h2", "Method"))
                .add(
                        tag("ol")
                                .addAll(
                                        method.steps().stream()
                                                .map(step -> tag("li", step))
                                                .toList()));
    }

    /**
     * What a reader must know before believing the estimates, and of which benchmarks where it is
     * not said of all.
     */
    public Element caveats() {
        var effects = report.effects().getEffects();
        var benchmarks = new LinkedHashMap<String, Set<String>>();
        for (var effect : effects) {
            for (var caveat : effect.getCaveats()) {
                benchmarks
                        .computeIfAbsent(caveat, _ -> new LinkedHashSet<>())
                        .add(effect.getBenchmark());
            }
        }
        long all = effects.stream().map(Effect::getBenchmark).distinct().count();
        var sentences = new ArrayList<Element>();
        benchmarks.forEach(
                (caveat, of) ->
                        sentences.add(
                                tag(
                                        "li",
                                        of.size() == all
                                                ? caveat
                                                : "%s (of %s)"
                                                        .formatted(
                                                                caveat, String.join(", ", of)))));
        var section = tag("section").add(tag("h2", "Caveats"));
        return sentences.isEmpty()
                ? section.add(tag("p", "The estimator raised none."))
                : section.add(tag("ul").addAll(sentences));
    }
}
