package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.schemas.history.Window;

import java.util.List;

/** The section that shows when the original run learned the items. */
public record LearningSection(LearningCurve curve, Window window) {

    public Element element() {
        var rows = curve.points().stream().map(LearningSection::row).toList();
        return tag("section")
                .add(tag("h2", "When the items were learned"))
                .add(tag("figure").add(caption()).add(CurvePlot.of(curve, window, "curve")))
                .add(
                        Table.folded(
                                "The same as a table",
                                List.of("Step", "Selected items", "Other items"),
                                rows));
    }

    private Element caption() {
        return tag("figcaption", "Share right (%s) in the original run".formatted(curve.metric()))
                .add(key("selected", "selected items"))
                .add(key("others", "other items"))
                .add(key("window", "rewritten window"));
    }

    private static Element key(String style, String meaning) {
        return tag("span", meaning).with("class", "key " + style);
    }

    private static List<Object> row(LearningCurve.Point point) {
        return List.of(point.step(), share(point.selected()), share(point.others()));
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "–" : Figures.percent(share);
    }
}
