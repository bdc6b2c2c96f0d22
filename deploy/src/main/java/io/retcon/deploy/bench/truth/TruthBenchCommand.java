package io.retcon.deploy.bench.truth;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.ScratchStack;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.demo.World;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Whether effects are recovered where the truth is known. */
@Command(
        name = "truth",
        description = {
            "Removes from the demo's world the documents that state its facts, and its decoys, and"
                    + " says whether the intervals of three replicates contain what counting over"
                    + " many others gives.",
            "Then changes as many documents of each matcher, and says what that does beside the"
                    + " matcher's precision and recall."
        })
public final class TruthBenchCommand implements Callable<Integer> {
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
        try (var line = ProgressLine.onStandardError();
                var stack = ScratchStack.start(line)) {
            var world = full ? World.full(seed) : World.quick(seed);
            var bench = new TruthBench(stack.cluster(), stack.folder(), world, replicates, line);
            outcome = stack.unlessAComponentDies(bench::run);
        }
        output.rows(outcome.measurements(), Measurement.COLUMNS);
        if (output.format() == OutputOption.Format.TABLE) {
            output.result(outcome, TruthBench.Outcome::words);
        }
        return 0;
    }
}
