package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.drill.Evidence;
import io.retcon.deploy.dashboard.drill.PlanBalance;
import io.retcon.deploy.report.CountBars;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.LearningSection;
import io.retcon.deploy.report.Table;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.spec.Specs;

import java.util.List;
import java.util.Locale;

/** What the scores and the plans say, read when it comes into sight. */
final class LearningParts {
    private LearningParts() {}

    /** When the items were learned: a curve over the checkpoints, and how many at each of them. */
    static Element learning(Watched watched, Evidence evidence) {
        var spec = Specs.of(watched.selection().orElseThrow());
        var box = tag("div");
        if (evidence.curve().points().size() > 1) {
            box.add(new LearningSection(evidence.curve(), Window.of(spec.window())).element());
        }
        if (!evidence.learned().isEmpty()) {
            box.add(
                    EffectSections.figure(
                            "Items of the benchmarks learned at each checkpoint",
                            CountBars.of(
                                    evidence.learned(),
                                    spec.select().getStep().orElse(-1L),
                                    "learned",
                                    "Items learned at each checkpoint")));
        }
        return box;
    }

    /** What each arm changes, so that one sees whether the placebo is a fair one. */
    static Element balance(List<PlanBalance.OfArm> arms) {
        var section = tag("section").add(tag("h2", "Plan balance"));
        if (arms.isEmpty()) {
            return section.add(tag("p", "Nothing is planned yet.").with("class", "note"));
        }
        return section.add(
                        tag(
                                "p",
                                "What each arm changes: a placebo is fair where it changes as many"
                                        + " documents of the same lengths."))
                .add(
                        Table.of(
                                List.of(
                                        "Arm",
                                        "Documents",
                                        "Tokens taken",
                                        "Tokens brought",
                                        "Tokens a document",
                                        "Mean step",
                                        "Steps touched"),
                                arms.stream().map(LearningParts::row).toList()));
    }

    private static List<Object> row(PlanBalance.OfArm arm) {
        return List.of(
                arm.arm(),
                arm.documents(),
                arm.tokens(),
                arm.brought(),
                String.format(Locale.ROOT, "%.1f", arm.tokens() / (double) arm.documents()),
                String.format(Locale.ROOT, "%,.0f", arm.meanStep()),
                arm.steps());
    }
}
