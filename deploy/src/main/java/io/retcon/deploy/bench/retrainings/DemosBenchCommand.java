package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** Whether the demo's printed intervals hold the true effects. */
@Command(
        name = "demos",
        description = {
            "The demo again and again with other seeds, no retraining in two of them, and how often"
                    + " the interval that it prints contains the true effect: the mean of all"
                    + " retrainings of the other demos."
        })
public final class DemosBenchCommand implements Callable<Integer> {
    @Option(
            names = "--arms",
            split = ",",
            defaultValue = "control,treated",
            description =
                    "Two arms or more; each is compared with each (default: ${DEFAULT-VALUE}).")
    private List<String> arms;

    @Option(
            names = "--replicates",
            defaultValue = "3",
            description = "Retrainings of each arm in each demo (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Mixin private BankOptions options;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        List<Measurement> measured;
        try (var line = ProgressLine.onStandardError()) {
            var bank = options.bank(arms, line);
            measured = RepeatedDemos.of(bank, arms, replicates, line).measurements();
        }
        output.rows(measured, Measurement.COLUMNS);
        return 0;
    }
}
