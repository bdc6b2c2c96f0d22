package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Writes the page about an intervention. */
@Command(
        name = "report",
        description = "Writes one self-contained HTML page about an intervention, with its plots.")
public final class ReportCommand implements Callable<Integer> {
    /** Where the page is. */
    public record Written(String intervention, Path report) {}

    @Mixin private InterventionOption intervention;

    @Option(
            names = {"-o", "--to"},
            required = true,
            paramLabel = "FILE.html",
            description = "The file to write.")
    private Path file;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        var id = intervention.find(kafka).getId();
        var written = new Reports(kafka).write(id, Optional.empty(), file);
        output.result(new Written(id, written), w -> "report " + w.report());
        return 0;
    }
}
