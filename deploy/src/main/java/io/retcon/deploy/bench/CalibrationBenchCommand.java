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
            "Simulates interventions whose true effect is known, and says how often the 5 %% test"
                    + " rejects where there is none, how often the 95 %% interval covers, and how"
                    + " often an effect of the stated minimum detectable size is found.",
            "The peer's figure is what was promised: 0.05, 0.95, 0.8."
        })
public final class CalibrationBenchCommand implements Callable<Integer> {
    /** As many as an estimate over thousands of items takes. */
    private static final int RESAMPLES = 1_999;

    /** A kind of world, and whether items are resampled by relation in it. */
    private record World(String name, SimulatedRetrainings retrainings) {
        PairedEstimate estimate(double effect, long draw, long seed) {
            var arms = retrainings.withEffect(effect).margins(new SplittableRandom(draw));
            var outcomes = PairedOutcomes.of(arms[1], arms[0], arms[2]);
            return PairedEstimate.of(
                    retrainings.relations() > 1
                            ? outcomes.clustered(retrainings.relation())
                            : outcomes,
                    RESAMPLES,
                    seed);
        }
    }

    private static final List<World> WORLDS =
            List.of(
                    new World("plain", new SimulatedRetrainings(100, 3, 0.3, 0.3, 0)),
                    new World(
                            "correlated-items",
                            new SimulatedRetrainings(120, 3, 0.3, 0.3, 0, 20, 0.5)),
                    new World("2-replicates", new SimulatedRetrainings(100, 2, 0.3, 0.3, 0)),
                    new World("40-items", new SimulatedRetrainings(40, 3, 0.3, 0.3, 0)),
                    new World(
                            "40-items-2-replicates", new SimulatedRetrainings(40, 2, 0.3, 0.3, 0)),
                    new World(
                            "40-correlated-items-2-replicates",
                            new SimulatedRetrainings(40, 2, 0.3, 0.3, 0, 20, 0.5)),
                    new World(
                            "3-replicates-that-differ",
                            new SimulatedRetrainings(40, 3, 0.3, 1.0, 0)),
                    new World("8-replicates", new SimulatedRetrainings(40, 8, 0.3, 0.2, 0)));

    @Option(
            names = "--interventions",
            defaultValue = "2000",
            description = "Simulated, of each kind (default: ${DEFAULT-VALUE}).")
    private int interventions;

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
        var none = estimates(world, 0, 0, line);
        measured.add(measurement(world, "rejections", none, e -> e.p() <= 0.05 ? 1 : 0, 0.05));
        measured.add(measurement(world, "coverage", none, e -> covers(e, 0) ? 1 : 0, 0.95));
        // What is stated estimates the design's effect without bias, so its mean is that effect.
        double detectable =
                none.stream().mapToDouble(PairedEstimate::minimumDetectable).average().orElse(0);
        var planted = estimates(world, detectable, interventions, line);
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

    private List<PairedEstimate> estimates(
            World world, double effect, long first, ProgressLine line) {
        var done = new AtomicInteger();
        return IntStream.range(0, interventions)
                .parallel()
                .mapToObj(
                        i -> {
                            var estimate =
                                    world.estimate(
                                            effect, seed * 2L * interventions + first + i, i);
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
