package io.retcon.deploy.matching;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.indexer.local.Agreement;
import io.retcon.indexer.local.LocalComparison;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.spec.SpecReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

/** Two matchers over the same local files. */
@Command(
        name = "compare",
        description = {
            "How far two matchers agree: documents that each finds for each item, their overlap"
                + " (both in proportion to either), and the agreement of their rankings over what"
                + " both find (Kendall's tau-b).",
            "A matcher is given as in a spec: '{ matcher: bm25, topK: 200 }', or by its name."
        })
public final class CompareCommand implements Callable<Integer> {
    private static final List<Column<Agreement>> COLUMNS =
            List.of(
                    new Column<>("item", Agreement::item),
                    new Column<>("first", Agreement::first),
                    new Column<>("second", Agreement::second),
                    new Column<>("both", Agreement::both),
                    new Column<>("overlap", row -> rounded(row.overlap())),
                    new Column<>("rank agreement", row -> rounded(row.rank())));

    @ParentCommand private MatchCommand match;

    @Option(
            names = "--first",
            required = true,
            paramLabel = "MATCHER",
            description = "One matcher.")
    private String first;

    @Option(
            names = "--second",
            required = true,
            paramLabel = "MATCHER",
            description = "The other one.")
    private String second;

    @Option(names = "--summary", description = "All items together only.")
    private boolean summaryOnly;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var specs = new SpecReader();
        var comparison =
                new LocalComparison(
                        Matcher.of(specs.match(first), match.encoders()),
                        Matcher.of(specs.match(second), match.encoders()),
                        match.files());
        var refused = match.refusals();
        var agreements = comparison.run(refused);
        var rows = new ArrayList<Agreement>();
        if (!summaryOnly) {
            rows.addAll(agreements);
        }
        rows.add(all(agreements));
        output.rows(rows, COLUMNS);
        var caveats =
                Stream.of(
                                fewer("overlap", agreements, Agreement::overlap),
                                fewer("rank agreement", agreements, Agreement::rank))
                        .flatMap(Optional::stream)
                        .toList();
        caveats.forEach(refused::caveat);
        if (output.format() == OutputOption.Format.JSON && !caveats.isEmpty()) {
            output.rows(List.of(Map.of("caveats", caveats)), List.of());
        }
        refused.settle();
        return 0;
    }

    /** Documents added up; overlap and rank agreement on average over the items that have one. */
    private static Agreement all(List<Agreement> agreements) {
        return new Agreement(
                "(all)",
                agreements.stream().mapToInt(Agreement::first).sum(),
                agreements.stream().mapToInt(Agreement::second).sum(),
                agreements.stream().mapToInt(Agreement::both).sum(),
                mean(agreements, Agreement::overlap),
                mean(agreements, Agreement::rank));
    }

    private static Optional<String> fewer(
            String what, List<Agreement> agreements, Function<Agreement, OptionalDouble> figure) {
        long over = agreements.stream().filter(row -> figure.apply(row).isPresent()).count();
        return over == 0 || over == agreements.size()
                ? Optional.empty()
                : Optional.of(
                        "the mean %s is over %,d of %,d items: the others have none"
                                .formatted(what, over, agreements.size()));
    }

    private static OptionalDouble mean(
            List<Agreement> agreements, Function<Agreement, OptionalDouble> figure) {
        return agreements.stream().map(figure).flatMapToDouble(OptionalDouble::stream).average();
    }

    private static String rounded(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.3f", figure.getAsDouble()) : null;
    }
}
