package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.PeakMemory;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.spec.Arm;
import io.retcon.streams.effects.EstimatedEffect;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Whether effects of arms that are equal but for their seeds are called real too often. */
@Command(
        name = "aa",
        description = {
            "A/A pairs of real retrainings: both sides are the same arm of the demo's intervention"
                    + " with other seeds, control against control and treated against treated, no"
                    + " retraining in two pairs.",
            "Says how often the 5 %% test rejects, on the selected items and on the others."
        })
public final class AlikeBenchCommand implements Callable<Integer> {
    private static final double LEVEL = 0.05;
    private static final List<String> ARMS = List.of(Arm.CONTROL_LABEL, Arm.TREATED_LABEL);

    @Option(
            names = "--replicates",
            defaultValue = "3",
            description = "Retrainings on each side of a pair (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Mixin private BankOptions options;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var measured = new ArrayList<Measurement>();
        try (var line = ProgressLine.onStandardError()) {
            var bank = options.bank(ARMS, line);
            var trials = Trials.of(bank, new Repetitions(bank, replicates).alike(), line);
            for (var items : Items.values()) {
                for (var outcome : Outcome.values()) {
                    measured.add(
                            rejections(
                                    "aa/%s/%s".formatted(items, outcome),
                                    trials.of("treated-control", items, outcome)));
                }
            }
        }
        output.rows(measured, Measurement.COLUMNS);
        return 0;
    }

    private Measurement rejections(String name, List<Effect> effects) {
        var share = Share.of(effects, AlikeBenchCommand::isRejected);
        return new Measurement(
                name,
                share.value(),
                Optional.of(LEVEL),
                "promised",
                "share of pairs that reject",
                Optional.empty(),
                PeakMemory.bytes(),
                Optional.empty(),
                "%s; %d retrainings on each side, %d items"
                        .formatted(share.beside(LEVEL), replicates, effects.getFirst().getItems()));
    }

    private static boolean isRejected(Effect effect) {
        return new EstimatedEffect(effect).p().filter(p -> p <= LEVEL).isPresent();
    }
}
