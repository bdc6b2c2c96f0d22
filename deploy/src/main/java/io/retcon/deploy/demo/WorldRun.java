package io.retcon.deploy.demo;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.original.OriginalRun;
import io.retcon.retrainer.original.RunPlan;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;
import io.retcon.streams.ingest.ItemsImport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The original run over a world's history, by the stages that every user's data takes. */
public final class WorldRun {
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
    public WorldRun(Cluster cluster, Path data, World world, String run, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.data = requireNonNull(data, "data is null");
        this.world = requireNonNull(world, "world is null");
        this.run = requireNonNull(run, "run is null");
        this.line = requireNonNull(line, "line is null");
    }

    /** Imports the world and blocks until its run is trained and evaluated. */
    public WorldFiles train() throws IOException {
        var files = WorldFiles.write(world, run, data.resolve("worlds").resolve(run));
        ingest(files);
        train(files);
        return files;
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
        new HistoryImport(cluster, shape, Optional.empty())
                .run(
                        List.of(files.corpus()),
                        WorldRun::refuse,
                        steps -> line.update("importing steps", steps, world.size().steps()));
        new ItemsImport(cluster).run(List.of(files.items()), WorldRun::refuse);
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
                        Compute.cpu(THREADS),
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
}
