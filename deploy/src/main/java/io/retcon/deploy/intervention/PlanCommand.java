package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.indexer.match.Encoders;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.validation.RunFacts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A dry run of a spec. */
@Command(
        name = "plan",
        description =
                "What a spec would do: items, matches, tokens touched, cost, smallest effect it"
                        + " could find. Nothing is published.")
public final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPEC", description = "The spec, a YAML file.")
    private Path file;

    @Option(
            names = "--encoders-folder",
            paramLabel = "DIR",
            description =
                    "For matcher dense: where folders of encoders lie (default: indexer/encoders in"
                            + " the data folder).")
    private Path encodersFolder;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        var specFile = new SpecFile(file, kafka);
        var several = specFile.readSeveral();
        for (var spec : several.isPresent() ? several.get().specs() : List.of(specFile.read())) {
            output.result(report(kafka, spec), PlanReport::text);
        }
        return 0;
    }

    private PlanReport report(Cluster kafka, InterventionSpec spec) {
        var pinned = RunFacts.read(kafka, spec.run()).pinned(spec);
        try (var line = ProgressLine.onStandardError()) {
            return new DryRun(kafka, encoders(), line).of(pinned);
        }
    }

    private Encoders encoders() {
        var folder =
                encodersFolder == null
                        ? cluster.data().folder().resolve("indexer").resolve("encoders")
                        : encodersFolder;
        return new Encoders(folder, Runtime.getRuntime().availableProcessors());
    }
}
