package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Publishes a spec and, if told so, waits for its effects. */
@Command(
        name = "run",
        description =
                "Publishes a spec as an intervention; with --wait, follows it to its effects.")
public final class RunCommand implements Callable<Integer> {
    /** What was published. */
    public record Published(String intervention, String name) {
        String text() {
            return "intervention %s (%s) is published: ./retcon status shows how far it is"
                    .formatted(intervention, name);
        }
    }

    @Parameters(paramLabel = "SPEC", description = "The spec, a YAML file.")
    private Path file;

    @Option(names = "--wait", description = "Wait for the effects and print them.")
    private boolean wait;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        var spec = new SpecFile(file, kafka).read();
        var intervention = new Publication(kafka).publish(spec);
        if (!wait) {
            output.result(
                    new Published(intervention.getId(), intervention.getName()), Published::text);
            return 0;
        }
        try (var line = ProgressLine.onStandardError()) {
            line.note("intervention " + intervention.getId());
            var effects = new Follow(kafka, line).effectsOf(intervention.getId());
            line.close();
            new EffectsPrint(output).print(effects);
        }
        return 0;
    }
}
