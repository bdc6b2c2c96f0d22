package io.retcon.deploy.component;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** An indexer alone. */
@Command(
        name = "indexer",
        description =
                "Runs an indexer in the foreground, on a cluster or beside the stack "
                        + "that runs on --data, until it is interrupted; one a cluster: a second "
                        + "one ends the first.")
public final class IndexerCommand implements Callable<Integer> {
    @Mixin private ComponentRun component;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        return component.run(Stages.indexer());
    }
}
