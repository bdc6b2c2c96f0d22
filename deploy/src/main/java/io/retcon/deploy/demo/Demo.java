package io.retcon.deploy.demo;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.deploy.report.MatcherTruth;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.original.OriginalRun;
import io.retcon.retrainer.original.RunPlan;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;
import io.retcon.streams.ingest.ItemsImport;
import io.retcon.streams.validation.SpecReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The demo's way through the loop, by the stages that every user's data takes. */
final class Demo {
    private static final int THREADS = 2;
    private static final long MODEL_SEED = 1;

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

    /** Blocks until the effects are there. */
    Effects run() throws IOException {
        var files = prepare();
        var effects = effects(new SpecReader().read(Files.readString(files.spec())));
        checkThatSomethingWasLearned(effects);
        return effects;
    }

    /** Makes the world, and trains the original run on it. */
    WorldFiles prepare() throws IOException {
        var files = WorldFiles.write(world, run, data.resolve("worlds").resolve(run));
        ingest(files);
        train(files);
        return files;
    }

    /** Publishes an intervention and blocks until its effects are there. */
    Effects effects(InterventionSpec spec) {
        var intervention = new Publication(cluster).publish(spec);
        line.note("intervention %s (%s)".formatted(intervention.getId(), intervention.getName()));
        return new Follow(cluster, line).effectsOf(intervention.getId());
    }

    private void ingest(WorldFiles files) {
        line.stage("importing the world");
        var tokenizer = Tokenizer.ofFile(files.tokenizer());
        var shape =
                new HistoryShape(
                        run,
                        world.size().sequencesPerStep(),
                        world.size().tokensPerSequence(),
                        tokenizer.vocabulary(),
                        tokenizer.eos().orElseThrow(),
                        Optional.of(tokenizer));
        new HistoryImport(cluster, shape, TokenType.U32)
                .run(
                        List.of(files.corpus()),
                        Demo::refuse,
                        steps -> line.update("importing steps", steps, world.size().steps()));
        new ItemsImport(cluster).run(List.of(files.items()), Demo::refuse);
    }

    private static void refuse(RefusedInput refused) {
        throw refused;
    }

    private void train(WorldFiles files) throws IOException {
        var plan =
                new RunPlan(
                        run,
                        Files.readString(files.config()),
                        Recipe.parse(Files.readString(files.recipe()), files.recipe().toString()),
                        MODEL_SEED,
                        THREADS,
                        world.size().checkpoints(),
                        List.of(World.BENCHMARK),
                        Unconditional.SKIPPED,
                        checkpoints());
        new OriginalRun(cluster, plan, this::show, report -> {}).run();
    }

    private Path checkpoints() {
        return data.resolve("checkpoints").resolve(run);
    }

    private void show(Progress progress) {
        line.update(progress.getStage() + " " + progress.getUnit(), progress);
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
        var selected =
                TopicTable.read(cluster, TopicCatalogue.SELECTIONS)
                        .get(effects.getIntervention())
                        .getItems()
                        .stream()
                        .map(ItemRef::getId)
                        .collect(Collectors.toSet());
        return new MatcherCheck(world).of(selected, matched(effects.getIntervention()));
    }

    private Set<String> matched(String intervention) {
        var ids = new HashSet<String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.MATCHES,
                (key, match) -> {
                    if (match.getIntervention().equals(intervention)
                            && match.getRole().filter(Role.TARGET::equals).isPresent()) {
                        ids.add(match.getDocument().orElseThrow().getId());
                    }
                });
        return ids;
    }
}
