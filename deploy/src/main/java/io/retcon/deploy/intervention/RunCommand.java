package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;
import io.retcon.streams.validation.StandingSpec;

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
        String standing() {
            return "%s (%s) stands: each new checkpoint makes an intervention of it, see ./retcon status"
                    .formatted(intervention, name);
        }

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
        var specFile = new SpecFile(file, kafka);
        var publication = new Publication(kafka);
        var standing = specFile.readStanding();
        if (standing.isPresent()) {
            return stand(standing.get(), publication);
        }
        var intervention = publication.publish(specFile.read());
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

    /** It has no effects of its own to wait for. */
    private int stand(StandingSpec spec, Publication publication) {
        if (wait) {
            throw new RefusedInput(
                    "%s stands and never ends: leave --wait out, and see ./retcon status for its interventions"
                            .formatted(file));
        }
        var template = publication.publish(spec);
        output.result(new Published(template.getId(), template.getName()), Published::standing);
        return 0;
    }
}
