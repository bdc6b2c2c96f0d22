package io.retcon.deploy.bench;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.demo.FactorialTrial;
import io.retcon.deploy.demo.FactorialTrial.Compared;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Several questions at once against one after the other. */
@Command(
        name = "factorial",
        description =
                "Eight interventions on the demo's world, together in a factorial design and one by"
                        + " one: both estimates of each, and how many retrainings they took.")
public final class FactorialBenchCommand implements Callable<Integer> {
    @Option(
            names = "--replicates",
            defaultValue = "3",
            description =
                    "Retrainings of each arm of the interventions one by one (default:"
                            + " ${DEFAULT-VALUE}).")
    private int replicates;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        try (var line = ProgressLine.onStandardError();
                var stack = ScratchStack.start(line)) {
            var trial = new FactorialTrial(stack.cluster(), stack.folder(), seed, line);
            var results = stack.unlessAComponentDies(() -> trial.run(replicates));
            line.note(results.retrainings());
            if (replicates == 1) {
                line.note(
                        "one retraining of each arm says nothing of how retrainings differ: alone"
                                + " there is no interval (-)");
            }
            print(results.factors());
        }
        return 0;
    }

    private void print(List<Compared> factors) {
        output.rows(
                factors,
                List.of(
                        new Column<>("factor", Compared::factor),
                        new Column<>("items", Compared::items),
                        new Column<>("together", Compared::together),
                        new Column<>("low", Compared::low),
                        new Column<>("high", Compared::high),
                        new Column<>("retrainings", Compared::retrainings),
                        new Column<>("alone", Compared::alone),
                        new Column<>("alone low", Compared::aloneLow),
                        new Column<>("alone high", Compared::aloneHigh),
                        new Column<>("alone retrainings", Compared::aloneRetrainings),
                        new Column<>("within", Compared::within)));
    }
}
