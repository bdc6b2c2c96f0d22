package io.retcon.deploy.component;

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
    @Mixin private ComponentRun component;

    @Option(
            names = "--allow-files",
            paramLabel = "FOLDER",
            description =
                    "Open no announced checkpoint outside of these folders and its own (repeatable;"
                            + " default: whatever this user may read).")
    private List<Path> allowed = List.of();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        return component.run(
                Stages.retrainer(allowed.isEmpty() ? AllowedFiles.ALL : new AllowedFiles(allowed)));
    }
}
