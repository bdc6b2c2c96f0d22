package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.Measurement;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

import java.util.Locale;

/** How much an arm's retrainings differ in the share of the selected items that is right. */
record ArmSpread(String arm, Bank bank) {
    ArmSpread {
        requireNonNull(arm, "arm is null");
        requireNonNull(bank, "bank is null");
    }

    Measurement measurement() {
        var shares =
                bank.of(arm).stream()
                        .mapToDouble(one -> Outcome.SHARE.mean(one, bank.places(Items.SELECTED)))
                        .toArray();
        return Measurement.alone(
                "retrainings/" + arm,
                Mean.of(shares).getAsDouble(),
                "share of items right",
                String.format(
                        Locale.ROOT,
                        "%d retrainings, standard deviation %.3f",
                        shares.length,
                        StandardDeviation.of(shares).getAsDouble()));
    }
}
