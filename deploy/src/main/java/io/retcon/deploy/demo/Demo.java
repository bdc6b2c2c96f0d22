package io.retcon.deploy.demo;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.deploy.report.MatcherTruth;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The demo's way through the loop, by the stages that every user's data takes. */
final class Demo {
    private final Cluster cluster;
    private final Path data;
    private final World world;
    private final String run;
    private final ProgressLine line;

    /**
     * @param data folder that keeps the world's files and the run's checkpoints
     * @param run the name that the run gets
     */
    Demo(Cluster cluster, Path data, World world, String run, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.data = requireNonNull(data, "data is null");
        this.world = requireNonNull(world, "world is null");
        this.run = requireNonNull(run, "run is null");
        this.line = requireNonNull(line, "line is null");
    }

    /**
     * Blocks until the effects are there.
     *
     * @param retrained says in the spec what computes its retrainings
     */
    Effects run(UnaryOperator<InterventionSpec> retrained) throws IOException {
        var files = prepare();
        var spec = new SpecReader().read(Files.readString(files.spec()));
        var effects = effects(retrained.apply(spec));
        checkThatSomethingWasLearned(effects);
        return effects;
    }

    /** Makes the world, and trains the original run on it. */
    WorldFiles prepare() throws IOException {
        return new WorldRun(cluster, data, world, run, line).train();
    }

    /** Publishes an intervention and blocks until its effects are there. */
    Effects effects(InterventionSpec spec) {
        var intervention = new Publication(cluster).publish(spec);
        line.note("intervention %s (%s)".formatted(intervention.getId(), intervention.getName()));
        return new Follow(cluster, line).effectsOf(intervention.getId());
    }

    private void checkThatSomethingWasLearned(Effects effects) {
        int taught = world.size().factsPerWindow();
        if (effects.getItems() * 2 < taught) {
            line.note(
                    "the model learned only %d of the %d facts that the window teaches: the effects below say little"
                            .formatted(effects.getItems(), taught));
        }
    }

    /** What the matcher found, beside what the world knows. */
    MatcherTruth truth(Effects effects) {
        return new MatcherCheck(world).ofMatched(cluster, effects.getIntervention());
    }
}
