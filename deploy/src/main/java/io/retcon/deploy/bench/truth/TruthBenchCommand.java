package io.retcon.deploy.bench.truth;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Whether effects are recovered where the truth is known. */
@Command(
        name = "truth",
        description = {
            "Removes from the demo's world the documents that state its facts, and its decoys, and"
                    + " says whether the intervals of three replicates contain what counting over"
                    + " many others gives;",
            "then changes as many documents of each matcher, and says what that does beside the"
                    + " matcher's precision and recall."
        })
public final class TruthBenchCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;

    @Option(names = "--full", description = "The demo's whole world, not the one of --quick.")
    private boolean full;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--replicates",
            defaultValue = "12",
            description = "Retrainings of each arm that are counted (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        TruthBench.Outcome outcome;
        try (var scratch = ScratchFolder.create("retcon-bench");
                var data = DataFolder.claim(scratch.path().resolve("data"));
                var line = ProgressLine.onStandardError()) {
            CommandLog.writeTo(data.path().resolve("logs"));
            try (var stack =
                    Stack.embedded(
                            data,
                            0,
                            PARTITIONS,
                            Stages.all(),
                            part -> line.stage("starting " + part))) {
                var world = full ? World.full(seed) : World.quick(seed);
                outcome =
                        unlessAComponentDies(
                                stack,
                                new TruthBench(
                                        stack.cluster(), data.path(), world, replicates, line));
            }
        }
        output.rows(outcome.measurements(), Measurement.COLUMNS);
        if (output.format() == OutputOption.Format.TABLE) {
            output.result(outcome, TruthBench.Outcome::words);
        }
        return 0;
    }

    private static TruthBench.Outcome unlessAComponentDies(Stack stack, TruthBench bench) {
        var outcome =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return bench.run();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        CompletableFuture.anyOf(outcome, stack.ended()).join();
        return outcome.join();
    }
}
