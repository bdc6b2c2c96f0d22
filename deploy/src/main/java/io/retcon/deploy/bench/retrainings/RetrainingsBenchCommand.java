package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** Many retrainings of the demo's arms, kept for {@code bench aa} and {@code bench demos}. */
@Command(
        name = "retrainings",
        description = {
            "Retrains the arms of the demo's intervention with many seeds, and appends each item's"
                    + " outcome in each retraining to a file, the bank.",
            "Started again on the same file, it does what is missing there."
        })
public final class RetrainingsBenchCommand implements Callable<Integer> {
    @Option(
            names = "--arms",
            split = ",",
            defaultValue = "control,treated",
            description = "Arms to retrain, in turn (default: ${DEFAULT-VALUE}).")
    private List<String> arms;

    @Mixin private BankOptions options;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        Bank bank;
        try (var line = ProgressLine.onStandardError()) {
            bank = options.bank(arms, line);
        }
        output.rows(
                arms.stream().map(arm -> new ArmSpread(arm, bank).measurement()).toList(),
                Measurement.COLUMNS);
        return 0;
    }
}
