package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.schemas.serde.TrustedRecords;
import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;
import io.retcon.streams.statistics.SimulatedRetrainings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** How long estimates and selections take. */
@Command(
        name = "effects",
        description =
                "Seconds for the estimates of an intervention: every contrast of control, treated,"
                        + " placebo and a dose; and scores a second that the selector takes.")
public final class EffectsBenchCommand implements Callable<Integer> {
    /** treated-control, treated-placebo, placebo-control, dose-control. */
    private static final int[][] CONTRASTS = {{1, 0}, {1, 2}, {2, 0}, {1, 0}};

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
            names = "--scored-items",
            defaultValue = "20000",
            description = "Items whose scores the selector reads (default: ${DEFAULT-VALUE}).")
    private int scoredItems;

    @Option(
            names = "--checkpoints",
            defaultValue = "20",
            description = "At which they were scored (default: ${DEFAULT-VALUE}).")
    private int checkpoints;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        TrustedRecords.vouch();
        try (var folder = ScratchFolder.create("retcon-bench");
                var line = ProgressLine.onStandardError()) {
            var selection = new SelectionBench(scoredItems, checkpoints);
            output.rows(
                    List.of(estimates(line), selection.measure(folder.path(), line)),
                    Measurement.COLUMNS);
        }
        return 0;
    }

    private Measurement estimates(ProgressLine line) {
        var arms =
                new SimulatedRetrainings(items, replicates, 0.3, 0.3, -0.5)
                        .margins(new SplittableRandom(1));
        line.stage("estimating");
        long processor = Clock.processor.nanos();
        long began = System.nanoTime();
        for (var of : CONTRASTS) {
            PairedEstimate.of(PairedOutcomes.ofMargins(arms[of[0]], arms[of[1]]));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Measurement(
                "effects/estimates",
                seconds,
                Optional.of(10.0),
                "target",
                "seconds for %d items, 4 contrasts, %d replicates".formatted(items, replicates),
                Optional.of(10.0 / seconds),
                PeakMemory.bytes(),
                Optional.empty(),
                "%.1f seconds of processor time on %d processors"
                        .formatted(
                                (Clock.processor.nanos() - processor) / 1e9,
                                Runtime.getRuntime().availableProcessors()));
    }
}
