package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.publish.SpecCheck;
import io.retcon.deploy.report.Element;

import java.util.List;
import java.util.Optional;

/** Where a spec is written, checked while it is typed, and published. */
final class PublishPage {
    private static final String EXAMPLE =
            """
            name: my-intervention
            run: %s
            select:   { benchmark: %s, rule: learned-at, step: %s, metric: acc_raw }
            window:   { from: %s, to: %s }
            match:    { matcher: cooccurrence }
            operate:  { operation: swap, donors: { from: %s, to: %s } }
            arms:     [control, treated, placebo]
            retrain:  { replicates: 3, engine: nd4j }
            measure:  { metrics: [acc_raw, margin] }
            """;

    private PublishPage() {}

    static List<Element> of(Board board, String spec, Element verdict) {
        return List.of(
                tag("h1", "Publish a spec"),
                tag(
                        "p",
                        "A spec says which items, which documents, what is done to them and how it"
                                + " is measured. It is checked while you type."),
                tag("form")
                        .with("method", "post")
                        .with("action", "/publish")
                        .with("class", "publish")
                        .add(tag("label", "Spec (YAML)").with("for", "spec"))
                        .add(editor(spec.isEmpty() ? example(board) : spec))
                        .add(verdict)
                        .add(tag("button", "Publish").with("type", "submit")));
    }

    private static Element editor(String spec) {
        return tag("div")
                .with("class", "editor")
                .add(
                        tag("div")
                                .with("id", "gutter")
                                .with("class", "gutter")
                                .with("aria-hidden", "true"))
                .add(
                        tag("textarea", "\n" + spec)
                                .with("id", "spec")
                                .with("name", "spec")
                                .with("rows", 18)
                                .with("wrap", "off")
                                .with("spellcheck", "false")
                                .with("autocapitalize", "off")
                                .with("autocomplete", "off")
                                .with("aria-describedby", "verdict")
                                .with("hx-post", "/publish/check")
                                .with("hx-trigger", "load, input changed delay:250ms")
                                .with("hx-sync", "this:replace")
                                .with("hx-target", "#verdict")
                                .with("hx-swap", "outerHTML"));
    }

    /** What the check says; the page's script marks the line. */
    static Element verdict(Optional<SpecCheck.Fault> fault) {
        var verdict = tag("div").with("id", "verdict").with("role", "status");
        if (fault.isEmpty()) {
            return verdict.with("class", "note good").text("The spec is well-formed.");
        }
        var found = fault.get();
        verdict.with("class", "note bad");
        found.line().ifPresent(line -> verdict.with("data-line", line));
        found.column().ifPresent(column -> verdict.with("data-column", column));
        found.line()
                .ifPresent(
                        line ->
                                verdict.add(
                                                tag(
                                                                "button",
                                                                "Line %d, column %d"
                                                                        .formatted(
                                                                                line,
                                                                                found.column()
                                                                                        .orElse(1)))
                                                        .with("type", "button")
                                                        .with("class", "jump"))
                                        .text(" "));
        return verdict.text(found.sentence());
    }

    static Element unchecked() {
        return tag("div", "Checking …")
                .with("id", "verdict")
                .with("class", "note")
                .with("role", "status");
    }

    /** Of a run that is there, where one is: its two last windows. */
    private static String example(Board board) {
        for (var run : board.runs().values()) {
            var steps = run.checkpoints().stream().map(c -> c.getStep()).toList();
            var benchmark =
                    run.checkpoints().stream()
                            .flatMap(c -> c.getEvaluations().stream())
                            .map(e -> e.getBenchmark())
                            .findFirst();
            if (steps.size() >= 3 && benchmark.isPresent()) {
                var window = steps.subList(steps.size() - 3, steps.size());
                return EXAMPLE.formatted(
                        run.name(),
                        benchmark.get(),
                        window.get(1),
                        window.get(0),
                        window.get(1),
                        window.get(1),
                        window.get(2));
            }
        }
        return EXAMPLE.formatted("olmo2-1b", "pararel/p36", 3000, 2500, 3000, 3000, 3500);
    }
}
