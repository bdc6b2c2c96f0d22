package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.bench.ScratchStack;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.demo.World;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Which bank of retrainings a benchmark reads, and how what is missing in it is made. */
public final class BankOptions {
    @Option(
            names = "--bank",
            required = true,
            paramLabel = "FILE",
            description =
                    "JSON lines: the bank's origin, then a retraining a line. Made where it is"
                            + " missing; one that ends in .gz is only read.")
    private Path file;

    @Option(
            names = "--retrainings",
            defaultValue = "600",
            paramLabel = "N",
            description =
                    "Retrainings of each arm; those that the bank lacks are made first (default:"
                            + " ${DEFAULT-VALUE}).")
    private int retrainings;

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

    /** The bank with all its retrainings of these arms; blocks until they are made. */
    Bank bank(List<String> arms, ProgressLine line) {
        if (workers < 1 || retrainings < 1) {
            throw new RefusedInput("--workers and --retrainings must be 1 or more");
        }
        var bank = new BankFile(file);
        if (!isWhole(bank, arms)) {
            make(bank, arms, line);
        }
        return bank.read();
    }

    private boolean isWhole(BankFile bank, List<String> arms) {
        if (!Files.exists(file)) {
            return false;
        }
        var read = bank.read();
        return arms.stream()
                .allMatch(arm -> IntStream.range(0, retrainings).allMatch(r -> read.has(arm, r)));
    }

    private void make(BankFile bank, List<String> arms, ProgressLine line) {
        if (file.toString().endsWith(".gz")) {
            throw new RefusedInput(
                    "%s has fewer than %d retrainings of each of %s, and a gzipped bank is only read: ask for fewer by --retrainings, or unpack it"
                            .formatted(file, retrainings, String.join(", ", arms)));
        }
        try (var scratch = ScratchFolder.create("retcon-retrainings")) {
            var demo = demo(scratch.path(), line);
            for (var arm : arms) {
                if (!demo.spec().arms().contains(arm)) {
                    throw new RefusedInput(
                            "the demo has no arm '%s': say some of %s"
                                    .formatted(arm, String.join(", ", demo.spec().arms())));
                }
            }
            var origin = BankOrigin.of(name(), demo, BankWork.THREADS);
            new BankWork(demo, bank, workers, line).run(origin, arms, retrainings);
        }
    }

    private String name() {
        return (full ? "full" : "quick") + " world of seed " + seed;
    }

    /** The stack is gone before the retrainings begin. */
    private DemoArms demo(Path folder, ProgressLine line) {
        try (var stack = ScratchStack.start(line)) {
            var world = full ? World.full(seed) : World.quick(seed);
            return stack.unlessAComponentDies(
                    () -> DemoArms.of(stack, world, UnaryOperator.identity(), folder, line));
        }
    }
}
