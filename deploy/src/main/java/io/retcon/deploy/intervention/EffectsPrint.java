package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.report.MatcherComparison;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EffectsJson;

import java.util.List;
import java.util.Optional;

/** Prints effects: a table, or the JSON of the contract. */
public final class EffectsPrint {
    private final OutputOption output;

    public EffectsPrint(OutputOption output) {
        this.output = requireNonNull(output, "output is null");
    }

    public void print(Effects effects) {
        if (output.format() == OutputOption.Format.JSON) {
            output.result(EffectsJson.of(effects), Object::toString);
            return;
        }
        output.rows(
                effects.getEffects(),
                List.of(
                        new Column<>("contrast", Effect::getContrast),
                        new Column<>("benchmark", Effect::getBenchmark),
                        new Column<>("metric", Effect::getMetric),
                        new Column<>("estimate", Effect::getEstimate),
                        new Column<>("low", effect -> known(effect.getLow())),
                        new Column<>("high", effect -> known(effect.getHigh())),
                        new Column<>("p", effect -> known(effect.getP())),
                        new Column<>("detects", effect -> known(effect.getMinimumDetectable())),
                        new Column<>("noise", Effect::getNoise),
                        new Column<>("signal/noise", Effect::getSignalToNoise),
                        new Column<>("items", Effect::getItems),
                        new Column<>("replicates", Effect::getReplicates)));
    }

    /** The effects of several matchers beside each other, and in words whose documents mattered. */
    public void print(MatcherComparison comparison) {
        if (output.format() == OutputOption.Format.JSON) {
            comparison.effects().forEach(this::print);
            return;
        }
        output.rows(
                comparison.rows(),
                List.of(
                        new Column<>("matcher", MatcherComparison.Row::matcher),
                        new Column<>("documents", MatcherComparison.Row::documents),
                        new Column<>("contrast", row -> row.effect().getContrast()),
                        new Column<>("benchmark", row -> row.effect().getBenchmark()),
                        new Column<>("metric", row -> row.effect().getMetric()),
                        new Column<>("estimate", row -> row.effect().getEstimate()),
                        new Column<>("low", row -> known(row.effect().getLow())),
                        new Column<>("high", row -> known(row.effect().getHigh())),
                        new Column<>("p", row -> known(row.effect().getP())),
                        new Column<>("items", row -> row.effect().getItems()),
                        new Column<>("replicates", row -> row.effect().getReplicates())));
        output.result(comparison, MatcherComparison::sentence);
    }

    /** Empty for what one replicate cannot say. */
    private static Optional<Double> known(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }
}
