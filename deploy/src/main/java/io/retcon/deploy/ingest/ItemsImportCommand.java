package io.retcon.deploy.ingest;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.Refusals;
import io.retcon.schemas.RefusedInput;
import io.retcon.streams.ingest.ItemsImport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Puts item files into retcon.items. */
@Command(
        name = "import",
        description = {
            "Imports benchmark items.",
            "One JSON object a line, plain, gzip or zstd, with benchmark, id, query, choices, gold,"
                    + " and optional subject, object, relation; or OLMES requests files"
                    + " (requests.jsonl.gz)."
        })
public final class ItemsImportCommand implements Callable<Integer> {
    /** How many items of a benchmark were imported. */
    public record Imported(String benchmark, int items) {}

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Item files.")
    private List<Path> files;

    @Option(
            names = "--strict",
            description = "Stop at the first malformed line and import nothing.")
    private boolean strict;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        var refusals =
                new Refusals(
                        command.commandLine().getErr(),
                        strict ? Refusals.Policy.STOP : Refusals.Policy.GO_ON);
        var counts = new ItemsImport(cluster.resolve()).run(files, refusals);
        if (counts.isEmpty()) {
            throw new RefusedInput("no item could be read from %s: give some".formatted(files));
        }
        output.rows(
                counts.entrySet().stream()
                        .map(count -> new Imported(count.getKey(), count.getValue()))
                        .toList(),
                List.of(
                        new Column<>("benchmark", Imported::benchmark),
                        new Column<>("items", Imported::items)));
        refusals.settle();
        return 0;
    }
}
