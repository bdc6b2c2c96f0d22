package io.retcon.deploy.component;

import io.retcon.deploy.engine.EngineWorkers;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.AllowedFiles;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** A retrainer alone. */
@Command(
        name = "retrainer",
        description =
                "Runs a retrainer in the foreground, on a cluster or beside the stack "
                        + "that runs on --data, until it is interrupted.")
public final class RetrainerCommand implements Callable<Integer> {
    /** The engines. */
    enum Name {
        nd4j,
        libtorch,
        external
    }

    @Mixin private ComponentRun component;

    @Option(
            names = "--allow-files",
            paramLabel = "FOLDER",
            description =
                    "Open no announced checkpoint outside of these folders and its own (repeatable;"
                            + " default: whatever this user may read).")
    private List<Path> allowed = List.of();

    @Option(
            names = "--engine",
            defaultValue = "nd4j",
            paramLabel = "nd4j|libtorch|external",
            description =
                    "Do the retrainings that ask for this engine; libtorch runs in a process of its"
                            + " own, external by the programs of --trainers (default:"
                            + " ${DEFAULT-VALUE}).")
    private Name engine;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "cpu|cuda:N",
            description =
                    "What engine libtorch computes on; on a GPU it does what asks for any"
                            + " (default: ${DEFAULT-VALUE}).")
    private String device;

    @Mixin private TrainersOption trainers;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        var files = allowed.isEmpty() ? AllowedFiles.ALL : new AllowedFiles(allowed);
        return component.run(
                switch (engine) {
                    case nd4j -> Stages.retrainer(files);
                    case libtorch -> EngineWorkers.on(device, Stages.RETRAINER_THREADS, files);
                    case external ->
                            trainers.retrainer(files)
                                    .orElseThrow(
                                            () ->
                                                    new RefusedInput(
                                                            "--engine external needs --trainers"
                                                                    + " FILE, the programs that may"
                                                                    + " train"));
                });
    }
}
