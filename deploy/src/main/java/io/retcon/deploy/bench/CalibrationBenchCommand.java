package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.streams.effects.PairedEstimate;
import io.retcon.streams.effects.PairedOutcomes;
import io.retcon.streams.effects.SimulatedRetrainings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Whether intervals cover, tests keep their level, and planted effects are found. */
@Command(
        name = "calibration",
        description = {
            "Simulates interventions whose true effect is known, and says how often the 5 % test"
                    + " rejects where there is none, how often the 95 % interval covers, and how"
                    + " often an effect of the stated minimum detectable size is found.",
            "The peer's figure is what was promised: 0.05, 0.95, 0.8."
        })
public final class CalibrationBenchCommand implements Callable<Integer> {
    /** A world: replicates, what an arm does to single items, what a retraining does to all. */
    private record World(String name, int replicates, double ofItem, double ofReplicate) {}

    private static final List<World> WORLDS =
            List.of(
                    new World("2-replicates", 2, 0.3, 0.3),
                    new World("3-replicates", 3, 0.3, 0.3),
                    new World("3-replicates-that-differ", 3, 0.3, 1.0),
                    new World("8-replicates", 8, 0.3, 0.2));

    @Option(
            names = "--interventions",
            defaultValue = "2000",
            description = "Simulated, of each kind (default: ${DEFAULT-VALUE}).")
    private int interventions;

    @Option(
            names = "--items",
            defaultValue = "40",
            description = "Selected items of each (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(names = "--seed", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var measured = new ArrayList<Measurement>();
        try (var line = ProgressLine.onStandardError()) {
            for (var world : WORLDS) {
                measure(world, measured, line);
            }
        }
        output.rows(measured, Measurement.COLUMNS);
        return 0;
    }

    private void measure(World world, List<Measurement> measured, ProgressLine line) {
        var none = estimates(world, 0, line);
        measured.add(measurement(world, "rejections", none, e -> e.p() <= 0.05 ? 1 : 0, 0.05));
        measured.add(measurement(world, "coverage", none, e -> covers(e, 0) ? 1 : 0, 0.95));
        double detectable =
                none.stream().mapToDouble(PairedEstimate::minimumDetectable).average().orElse(0);
        var planted = estimates(world, detectable, line);
        measured.add(
                measurement(
                        world,
                        "coverage-of-a-planted-effect",
                        planted,
                        e -> covers(e, detectable) ? 1 : 0,
                        0.95));
        measured.add(measurement(world, "power", planted, e -> e.p() <= 0.05 ? 1 : 0, 0.8));
    }

    private static boolean covers(PairedEstimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }

    private List<PairedEstimate> estimates(World world, double effect, ProgressLine line) {
        var simulated =
                new SimulatedRetrainings(
                        items, world.replicates, world.ofItem, world.ofReplicate, effect);
        var done = new AtomicInteger();
        return IntStream.range(0, interventions)
                .parallel()
                .mapToObj(
                        i -> {
                            var arms =
                                    simulated.margins(
                                            new SplittableRandom(seed * interventions + i));
                            var estimate =
                                    PairedEstimate.of(
                                            PairedOutcomes.of(arms[1], arms[0], arms[2]), i);
                            line.update(
                                    "simulating " + world.name,
                                    done.incrementAndGet(),
                                    interventions);
                            return estimate;
                        })
                .toList();
    }

    private Measurement measurement(
            World world,
            String name,
            List<PairedEstimate> estimates,
            ToDoubleFunction<PairedEstimate> of,
            double promised) {
        double share = estimates.stream().mapToDouble(of).average().orElse(0);
        double error = Math.sqrt(promised * (1 - promised) / estimates.size());
        return new Measurement(
                "calibration/%s/%s".formatted(world.name, name),
                share,
                Optional.of(promised),
                "promised",
                "share of interventions",
                Optional.of(share / promised),
                PeakMemory.bytes(),
                Optional.empty(),
                "known to ±%.3f (two standard errors of %d simulations)"
                        .formatted(2 * error, estimates.size()));
    }
}
