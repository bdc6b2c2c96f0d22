package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.drill.MatcherOverlap;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.deploy.report.MatcherComparison;
import io.retcon.deploy.report.Table;

import java.util.ArrayList;
import java.util.List;

/**
 * Interventions that differ in their matchers alone: which documents they share, whose mattered.
 */
final class MatcherSection {
    private MatcherSection() {}

    /**
     * Those called as this one up to the matcher, itself among them; itself alone where none is.
     */
    static List<Watched> others(Board board, Watched watched) {
        int slash = watched.name().lastIndexOf('/');
        if (slash < 0) {
            return List.of(watched);
        }
        var shared = watched.name().substring(0, slash + 1);
        return board.interventions().values().stream()
                .filter(i -> i.name().startsWith(shared))
                .filter(i -> i.name().indexOf('/', shared.length()) < 0)
                .toList();
    }

    static Element of(List<Watched> interventions, MatcherOverlap overlap) {
        var section = tag("section").add(tag("h2", "Matchers"));
        var first = interventions.getFirst().name();
        var effects = interventions.stream().flatMap(i -> i.effects().stream()).toList();
        if (effects.size() > 1) {
            var name = first.substring(0, first.lastIndexOf('/'));
            section.add(
                    tag("p", new MatcherComparison(name, effects).sentence())
                            .with("class", "answer"));
        }
        var head = new ArrayList<String>(List.of("Documents that both matched"));
        interventions.forEach(i -> head.add(matcher(i)));
        return section.add(
                Table.of(
                        head,
                        interventions.stream().map(i -> row(i, interventions, overlap)).toList()));
    }

    private static List<Object> row(
            Watched one, List<Watched> interventions, MatcherOverlap overlap) {
        var row = new ArrayList<Object>();
        row.add(tag("a", matcher(one)).with("href", Paths.intervention(one.id())));
        for (var other : interventions) {
            int shared = overlap.shared(one.id(), other.id());
            int all = overlap.size(one.id());
            row.add(
                    all == 0 || one == other
                            ? "%,d".formatted(shared)
                            : "%,d (%s)".formatted(shared, Figures.percent(shared / (double) all)));
        }
        return row;
    }

    private static String matcher(Watched watched) {
        return watched.name().substring(watched.name().lastIndexOf('/') + 1);
    }
}
