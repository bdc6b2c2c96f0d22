package io.retcon.deploy.component;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** The topologies alone. */
@Command(
        name = "streams",
        description =
                "Runs selection, planning, answering, rewriting, scheduling and effects in the "
                        + "foreground, on a cluster or beside the stack that runs on --data, "
                        + "until it is interrupted.")
public final class StreamsCommand implements Callable<Integer> {
    @Mixin private ComponentRun component;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        return component.run(Stages.streams());
    }
}
