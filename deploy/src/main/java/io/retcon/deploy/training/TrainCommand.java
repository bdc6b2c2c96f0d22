package io.retcon.deploy.training;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.engine.EngineOption;
import io.retcon.retrainer.original.OriginalRun;
import io.retcon.retrainer.original.RunPlan;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The original run: trains a model over a history. */
@Command(
        name = "train",
        description =
                "Trains a model over a run's history, publishing checkpoints and the scores of all"
                        + " items at each. Started again, it goes on where it was.")
public final class TrainCommand implements Callable<Integer> {
    /**
     * One checkpoint.
     *
     * @param items scored at it
     * @param truncated those of them whose contexts lost their beginning
     */
    public record Trained(long step, int items, int truncated, String sha256, String location) {
        static Trained of(Checkpoint checkpoint) {
            var evaluations = checkpoint.getEvaluations();
            return new Trained(
                    checkpoint.getStep(),
                    evaluations.stream().mapToInt(Evaluation::getItems).sum(),
                    evaluations.stream().mapToInt(Evaluation::getTruncated).sum(),
                    checkpoint.getSha256(),
                    checkpoint.getLocation());
        }
    }

    @Option(names = "--run", required = true, description = "The run whose history to train on.")
    private String run;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The model: Hugging Face's config.json.")
    private Path config;

    @Option(
            names = "--recipe",
            required = true,
            paramLabel = "FILE",
            description =
                    "How to train: recipe.json (learning rate, schedule, AdamW, clipping), or"
                            + " OLMo's config as .yaml.")
    private Path recipe;

    @Option(
            names = "--checkpoints",
            split = ",",
            paramLabel = "STEP",
            description = "Steps to save and score at; the last one ends the run.")
    private List<Long> checkpoints;

    @Option(
            names = "--every",
            paramLabel = "STEPS",
            description = "Instead of --checkpoints: save and score every so many steps, from 0.")
    private Optional<Long> every;

    @Option(
            names = "--steps",
            description = "With --every: the step that ends the run (default: the history's last).")
    private Optional<Long> steps;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Seed of the fresh weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description =
                    "Threads that train; another number gives other bits (default:"
                            + " ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private EngineOption engine;
    @Mixin private EvaluationOptions evaluation;
    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var elsewhere = engine.runElsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        var kafka = cluster.resolve();
        List<Checkpoint> trained;
        try (var line = ProgressLine.onStandardError()) {
            trained = new OriginalRun(kafka, plan(kafka), p -> show(p, line), report -> {}).run();
        }
        output.rows(
                trained.stream().map(Trained::of).toList(),
                List.of(
                        new Column<>("step", Trained::step),
                        new Column<>("items", Trained::items),
                        new Column<>("truncated", Trained::truncated),
                        new Column<>("sha256", t -> t.sha256().substring(0, 16)),
                        new Column<>("location", Trained::location)));
        return 0;
    }

    static void show(Progress progress, ProgressLine line) {
        line.update(progress.getStage() + " " + progress.getUnit(), progress);
        progress.getMessage().ifPresent(line::note);
    }

    private RunPlan plan(Cluster kafka) {
        return new RunPlan(
                run,
                text(config),
                Recipe.read(recipe),
                seed,
                engine.compute(threads),
                steps(kafka),
                evaluation.benchmarks(),
                evaluation.unconditional(),
                cluster.data().folder().resolve("checkpoints").resolve(run));
    }

    private List<Long> steps(Cluster kafka) {
        if (checkpoints != null) {
            return checkpoints;
        }
        long last = steps.orElseGet(() -> RunManifests.read(kafka).of(run).getSteps());
        long stride =
                every.orElseThrow(
                        () ->
                                new RefusedInput(
                                        "no step to save at is named: give --checkpoints or"
                                                + " --every"));
        var all = new ArrayList<Long>();
        for (long step = 0; step < last; step += stride) {
            all.add(step);
        }
        all.add(last);
        return all;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new RefusedInput("%s cannot be read: check the path".formatted(file), e);
        }
    }
}
