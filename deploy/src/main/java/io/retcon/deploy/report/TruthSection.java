package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import java.util.List;

/** The section that holds a matcher against the truth. */
final class TruthSection {
    private static final List<String> COLUMNS =
            List.of("Document", "States the fact", "In the window", "Matched");

    private TruthSection() {}

    static Element of(MatcherTruth truth) {
        return tag("section")
                .add(tag("h2", "What the matcher found"))
                .add(tag("p", sentence(truth)))
                .add(Table.of(COLUMNS, truth.rows().stream().map(TruthSection::row).toList()));
    }

    private static String sentence(MatcherTruth truth) {
        return ("This world is synthetic, so the truth is known: of the matched documents, %s state"
                        + " the fact (precision); of the documents that state it, %s were matched"
                        + " (recall).")
                .formatted(share(truth.precision()), share(truth.recall()));
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "none" : Figures.percent(share);
    }

    private static List<Object> row(MatcherTruth.Row row) {
        var states = row.meaning() == MatcherTruth.Meaning.STATES ? "yes" : "no";
        return List.of(row.kind(), states, row.documents(), row.matched());
    }
}
