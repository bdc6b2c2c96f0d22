package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.ScratchStack;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.demo.World;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Many retrainings of the demo's arms, kept for {@code bench aa} and {@code bench demos}. */
@Command(
        name = "retrainings",
        description = {
            "Retrains the arms of the demo's intervention with many seeds, and appends each item's"
                    + " outcome in each retraining to a file.",
            "Started again on the same file, it does what is missing there."
        })
public final class RetrainingsBenchCommand implements Callable<Integer> {
    @Option(
            names = "--bank",
            required = true,
            paramLabel = "FILE",
            description = "JSON lines: made, or gone on with.")
    private Path file;

    @Option(
            names = "--replicates",
            defaultValue = "600",
            description = "Retrainings of each arm (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Option(
            names = "--arms",
            split = ",",
            defaultValue = "control,treated",
            description = "Arms to retrain, in turn (default: ${DEFAULT-VALUE}).")
    private List<String> arms;

    @Option(names = "--full", description = "The demo's whole world, not the one of --quick.")
    private boolean full;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--workers",
            defaultValue = "2",
            description =
                    "Retrainings at once, of one thread each; another number changes no outcome"
                            + " (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        if (workers < 1 || replicates < 1) {
            throw new RefusedInput("--workers and --replicates must be 1 or more");
        }
        try (var line = ProgressLine.onStandardError();
                var scratch = ScratchFolder.create("retcon-retrainings")) {
            var demo = demo(scratch.path(), line);
            for (var arm : arms) {
                if (!demo.spec().getArms().contains(arm)) {
                    throw new RefusedInput(
                            "the demo has no arm '%s': say some of %s"
                                    .formatted(arm, String.join(", ", demo.spec().getArms())));
                }
            }
            var work = new BankWork(demo, new BankFile(file), workers, line);
            var origin = BankOrigin.of(name(), demo, BankWork.THREADS);
            output.rows(work.run(origin, arms, replicates), Measurement.COLUMNS);
        }
        return 0;
    }

    private String name() {
        return (full ? "full" : "quick") + " world of seed " + seed;
    }

    /** The stack is gone before the retrainings begin. */
    private DemoArms demo(Path folder, ProgressLine line) {
        try (var stack = ScratchStack.start(line)) {
            var world = full ? World.full(seed) : World.quick(seed);
            return stack.unlessAComponentDies(() -> DemoArms.of(stack, world, folder, line));
        }
    }
}
