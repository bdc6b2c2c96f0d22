package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.report.MatcherComparison;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.spec.SeveralMatchers;
import io.retcon.schemas.spec.StandingSpec;
import io.retcon.schemas.topic.Cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
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
        var several = specFile.readSeveral();
        if (several.isPresent()) {
            return compare(several.get(), kafka, publication);
        }
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
            var effects =
                    new Follow(kafka, cluster::resolveAgain, line).effectsOf(intervention.getId());
            line.close();
            new EffectsPrint(output).print(effects);
        }
        return 0;
    }

    /**
     * An intervention a matcher; one that a stage refuses does not keep the others from the end.
     */
    private int compare(SeveralMatchers several, Cluster kafka, Publication publication) {
        var published = several.specs().stream().map(publication::publish).toList();
        if (!wait) {
            published.forEach(
                    one ->
                            output.result(
                                    new Published(one.getId(), one.getName()), Published::text));
            return 0;
        }
        var effects = new ArrayList<Effects>();
        var refusals = new ArrayList<String>();
        try (var line = ProgressLine.onStandardError()) {
            for (var one : published) {
                line.note("intervention %s (%s)".formatted(one.getId(), one.getName()));
                try {
                    effects.add(
                            new Follow(kafka, cluster::resolveAgain, line).effectsOf(one.getId()));
                } catch (RefusedInput refused) {
                    refusals.add("%s: %s".formatted(one.getName(), refused.getMessage()));
                }
            }
        }
        new EffectsPrint(output).print(new MatcherComparison(several.name(), effects));
        if (!refusals.isEmpty()) {
            throw new RefusedInput(String.join("; ", refusals));
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
