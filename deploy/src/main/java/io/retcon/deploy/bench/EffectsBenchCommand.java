package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.streams.effects.PairedEstimate;
import io.retcon.streams.effects.PairedOutcomes;
import io.retcon.streams.effects.SimulatedRetrainings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** How long estimates take. */
@Command(
        name = "effects",
        description =
                "Seconds for the estimates of an intervention: every contrast of control, treated,"
                        + " placebo and a dose, by bootstrap and permutation.")
public final class EffectsBenchCommand implements Callable<Integer> {
    /** treated-control, treated-placebo, placebo-control, dose-control. */
    private static final int[][] CONTRASTS = {{1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}};

    @Option(
            names = "--items",
            defaultValue = "10000",
            description = "Selected items (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--replicates",
            defaultValue = "10",
            description = "Retrainings of each arm (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Option(
            names = "--resamples",
            defaultValue = "10000",
            description = "Of each kind (default: ${DEFAULT-VALUE}).")
    private int resamples;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var arms =
                new SimulatedRetrainings(items, replicates, 0.3, 0.3, -0.5)
                        .margins(new SplittableRandom(1));
        double seconds;
        try (var line = ProgressLine.onStandardError()) {
            line.stage("estimating");
            long began = System.nanoTime();
            IntStream.range(0, CONTRASTS.length)
                    .parallel()
                    .forEach(
                            i -> {
                                var c = CONTRASTS[i];
                                PairedEstimate.of(
                                        PairedOutcomes.of(arms[c[0]], arms[c[1]], arms[c[2]]),
                                        resamples,
                                        i);
                            });
            seconds = (System.nanoTime() - began) / 1e9;
        }
        output.rows(
                List.of(
                        new Measurement(
                                "effects/estimates",
                                seconds,
                                Optional.of(10.0),
                                "target",
                                "seconds for %d items, 4 contrasts, %d replicates, %d resamples"
                                        .formatted(items, replicates, resamples),
                                Optional.of(10.0 / seconds),
                                PeakMemory.bytes(),
                                Optional.empty(),
                                "reads of an item's outcomes at random places: %.2f billion a second"
                                        .formatted(
                                                2.0
                                                        * CONTRASTS.length
                                                        * items
                                                        * replicates
                                                        * resamples
                                                        / seconds
                                                        / 1e9))),
                Measurement.COLUMNS);
        return 0;
    }
}
