package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.report.MatcherComparison;
import io.retcon.deploy.report.SeriesText;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EffectsJson;
import io.retcon.streams.effects.EstimatedEffect;
import io.retcon.streams.effects.EstimatedEffect.Interval;

import java.util.List;

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
        table(
                effects.getEffects(),
                List.of(
                        new Column<>("contrast", Effect::getContrast),
                        new Column<>("benchmark", Effect::getBenchmark),
                        new Column<>("metric", Effect::getMetric),
                        new Column<>("estimate", effect -> of(effect).estimate()),
                        new Column<>("low", effect -> of(effect).interval().map(Interval::low)),
                        new Column<>("high", effect -> of(effect).interval().map(Interval::high)),
                        new Column<>("p", effect -> of(effect).p()),
                        new Column<>("q", effect -> of(effect).q()),
                        new Column<>("detects", effect -> of(effect).minimumDetectable()),
                        new Column<>("noise", Effect::getNoise),
                        new Column<>("signal/noise", Effect::getSignalToNoise),
                        new Column<>("items", Effect::getItems),
                        new Column<>("replicates", Effect::getReplicates),
                        new Column<>("family", Effect::getFamily)));
        SeriesText.of(effects).ifPresent(sentence -> output.result(sentence, text -> text));
    }

    /** The effects of several matchers beside each other, and in words whose documents mattered. */
    public void print(MatcherComparison comparison) {
        if (output.format() == OutputOption.Format.JSON) {
            comparison.effects().forEach(this::print);
            return;
        }
        table(
                comparison.rows(),
                List.of(
                        new Column<>("matcher", MatcherComparison.Row::matcher),
                        new Column<>("documents", MatcherComparison.Row::documents),
                        new Column<>("contrast", row -> row.effect().getContrast()),
                        new Column<>("benchmark", row -> row.effect().getBenchmark()),
                        new Column<>("metric", row -> row.effect().getMetric()),
                        new Column<>("estimate", row -> of(row.effect()).estimate()),
                        new Column<>("low", row -> of(row.effect()).interval().map(Interval::low)),
                        new Column<>(
                                "high", row -> of(row.effect()).interval().map(Interval::high)),
                        new Column<>("p", row -> of(row.effect()).p()),
                        new Column<>("q", row -> of(row.effect()).q()),
                        new Column<>("items", row -> row.effect().getItems()),
                        new Column<>("replicates", row -> row.effect().getReplicates()),
                        new Column<>("family", row -> row.effect().getFamily())));
        comparison.effects().stream()
                .flatMap(one -> SeriesText.of(one).stream())
                .forEach(sentence -> output.result(sentence, text -> text));
        output.result(comparison, MatcherComparison::sentence);
    }

    /** Without the columns in which no row says anything. */
    private <R> void table(List<R> rows, List<Column<R>> columns) {
        output.rows(
                rows,
                columns.stream().filter(column -> rows.stream().anyMatch(column::says)).toList());
    }

    private static EstimatedEffect of(Effect effect) {
        return new EstimatedEffect(effect);
    }
}
