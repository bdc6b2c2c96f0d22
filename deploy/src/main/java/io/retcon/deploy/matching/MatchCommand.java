package io.retcon.deploy.matching;

import io.retcon.deploy.cli.Json;
import io.retcon.deploy.cli.Refusals;
import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.local.LocalFiles;
import io.retcon.indexer.local.LocalMatch;
import io.retcon.indexer.match.Encoders;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.format.TsvField;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.spec.ScoringSpec;
import io.retcon.schemas.tokenizer.Tokenizer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** The matching stage over local files. */
@Command(
        name = "match",
        description = "Which documents of local files matter for which items; no broker needed.",
        subcommands = CompareCommand.class)
public final class MatchCommand implements Callable<Integer> {
    /** How a row is printed. */
    enum Format {
        tsv,
        table,
        json
    }

    @Option(
            names = "--corpus",
            arity = "1..*",
            required = true,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Documents as JSON lines (id, text), plain, gzip or zstd.")
    private List<Path> corpus;

    @Option(
            names = "--items",
            arity = "1..*",
            required = true,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Items as JSON lines, plain, gzip or zstd.")
    private List<Path> items;

    @Option(
            names = "--tokenizer",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "tokenizer.json of the run: matches what its tokens say, as the stack does"
                            + " (default: texts as they stand).")
    private Optional<Path> tokenizer;

    @Option(
            names = "--matcher",
            defaultValue = "cooccurrence",
            paramLabel = "cooccurrence|occurrence|bm25|dense",
            description = "The matcher (default: ${DEFAULT-VALUE}).")
    private String matcher;

    @Option(
            names = "--top-k",
            defaultValue = "100",
            paramLabel = "K",
            description = "For bm25 and dense: documents an item (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--query",
            defaultValue = "question+gold",
            paramLabel = "question+gold|question|subject+object",
            description =
                    "For bm25 and dense: what of an item is asked (default: ${DEFAULT-VALUE}).")
    private String query;

    @Option(
            names = "--k1",
            defaultValue = "" + Bm25.DEFAULT_K1,
            description = "For bm25 (default: ${DEFAULT-VALUE}).")
    private double k1;

    @Option(
            names = "--b",
            defaultValue = "" + Bm25.DEFAULT_B,
            description = "For bm25 (default: ${DEFAULT-VALUE}).")
    private double b;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "For bm25 and dense: the lowest score that counts.")
    private Double threshold;

    @Option(
            names = "--tokens",
            defaultValue = "content-words",
            paramLabel = "content-words|words",
            description = "For bm25: whether stop words are left out (default: ${DEFAULT-VALUE}).")
    private String tokens;

    @Option(
            names = "--encoders",
            paramLabel = "NAME",
            description = "For dense: the folder of the pair of encoders.")
    private String encoders;

    @Option(
            names = "--encoders-folder",
            scope = ScopeType.INHERIT,
            defaultValue = ".",
            paramLabel = "DIR",
            description = "Where folders of encoders lie (default: the current folder).")
    private Path encodersFolder;

    @Option(
            names = "--overlap",
            defaultValue = "reference",
            paramLabel = "reference|strict",
            description =
                    "Whether a mention inside the other term's counts (default: ${DEFAULT-VALUE}).")
    private String overlap;

    @Option(
            names = "--boundary",
            defaultValue = "none",
            paramLabel = "none|word",
            description = "Whether terms must be whole words (default: ${DEFAULT-VALUE}).")
    private String boundary;

    @Option(
            names = "--output",
            defaultValue = "tsv",
            paramLabel = "tsv|table|json",
            description =
                    "How rows are printed (default: ${DEFAULT-VALUE}; table is tsv with a"
                            + " heading).")
    private Format output;

    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        var out = command.commandLine().getOut();
        var refused = refusals();
        if (output == Format.table) {
            out.println("ITEM\tDOCUMENT" + (scores() ? "\tSCORE" : ""));
        }
        var caveats =
                new LocalMatch(matcher(), files()).run(row -> out.println(text(row)), refused);
        caveats.forEach(refused::caveat);
        if (output == Format.json && !caveats.isEmpty()) {
            out.println(Json.line(Map.of("caveats", caveats)));
        }
        out.flush();
        refused.settle();
        return 0;
    }

    Encoders encoders() {
        return new Encoders(encodersFolder, Runtime.getRuntime().availableProcessors());
    }

    LocalFiles files() {
        return new LocalFiles(corpus, items, tokenizer.map(Tokenizer::ofFile));
    }

    Refusals refusals() {
        return new Refusals(command.commandLine().getErr(), Refusals.Policy.GO_ON);
    }

    private boolean scores() {
        return spec() instanceof ScoringSpec;
    }

    private Matcher matcher() {
        return Matcher.of(spec(), encoders());
    }

    private MatcherSpec spec() {
        var options = new HashMap<String, Object>();
        options.put("overlap", overlap);
        options.put("boundary", boundary);
        options.put("query", query);
        options.put("topK", topK);
        options.put("threshold", threshold);
        options.put("k1", k1);
        options.put("b", b);
        options.put("tokens", tokens);
        options.put("encoders", encoders);
        return MatcherSpec.of(matcher, options);
    }

    /** One row as JSON: names as they are, and no escapes but JSON's own. */
    record JsonRow(String benchmark, String item, String document, OptionalDouble score) {}

    private String text(LocalMatch.Row row) {
        var score =
                switch (row) {
                    case LocalMatch.Row.Unscored _ -> OptionalDouble.empty();
                    case LocalMatch.Row.Scored scored -> OptionalDouble.of(scored.score());
                };
        if (output == Format.json) {
            return Json.line(new JsonRow(row.benchmark(), row.name().id(), row.document(), score));
        }
        var names = row.name().written() + "\t" + TsvField.escape(row.document());
        return score.isEmpty()
                ? names
                : names + "\t" + String.format(Locale.ROOT, "%.6f", score.getAsDouble());
    }
}
