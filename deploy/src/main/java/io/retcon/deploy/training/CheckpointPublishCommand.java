package io.retcon.deploy.training;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.retrainer.original.ForeignCheckpoint;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.record.Checkpoint;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Announces a checkpoint made elsewhere. */
@Command(
        name = "publish",
        description = {
            "Announces a checkpoint that another trainer made as one of a run, and scores all items"
                    + " on it.",
            "Its folder holds config.json, model.safetensors (or its shards) and the run's"
                    + " recipe.json; without optimizer.safetensors specs say 'optimizer: cold'."
        })
public final class CheckpointPublishCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The checkpoint's folder, which stays there.")
    private Path folder;

    @Option(names = "--run", required = true, description = "The run it is a checkpoint of.")
    private String run;

    @Option(names = "--step", required = true, description = "History steps that it has seen.")
    private long step;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "Threads that score (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private EvaluationOptions evaluation;
    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        Checkpoint published;
        try (var line = ProgressLine.onStandardError()) {
            published =
                    new ForeignCheckpoint(new CheckpointFolder(folder), run, step, threads)
                            .publish(
                                    kafka,
                                    evaluation.benchmarks(),
                                    evaluation.unconditional(),
                                    progress -> TrainCommand.show(progress, line));
        }
        output.result(TrainCommand.Trained.of(published), CheckpointPublishCommand::text);
        return 0;
    }

    private static String text(TrainCommand.Trained published) {
        return "checkpoint %d, %d items scored, weights %s"
                .formatted(published.step(), published.items(), published.sha256());
    }
}
