package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.PeakMemory;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effect;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Demos of a bank's retrainings, with what each printed and what would have been true. */
record RepeatedDemos(
        Bank bank, List<String> arms, List<Map<String, List<Replicate>>> demos, Trials trials) {
    private static final double PROMISED = 0.93;

    RepeatedDemos {
        requireNonNull(bank, "bank is null");
        requireNonNull(trials, "trials is null");
        arms = List.copyOf(arms);
        demos = List.copyOf(demos);
    }

    /** One contrast on the selected items or on the others. */
    private record Asked(String contrast, Items items, Outcome outcome) {}

    /** What a demo printed, and the truth that it took no part in. */
    private record Printed(Effect effect, Truth truth) {
        boolean covers(double value) {
            return new EstimatedEffect(effect)
                    .interval()
                    .filter(i -> i.contains(value))
                    .isPresent();
        }

        double width() {
            return new EstimatedEffect(effect)
                    .interval()
                    .map(i -> i.high() - i.low())
                    .orElse(Double.POSITIVE_INFINITY);
        }
    }

    static RepeatedDemos of(Bank bank, List<String> arms, int replicates, ProgressLine line) {
        var demos = new Repetitions(bank, replicates).demos(arms);
        if (demos.size() < 2) {
            throw new RefusedInput(
                    "the bank has retrainings for %d demos of %d replicates: two are needed, for one's truth is the mean of the others"
                            .formatted(demos.size(), replicates));
        }
        return new RepeatedDemos(bank, arms, demos, Trials.of(bank, demos, line));
    }

    List<Measurement> measurements() {
        var measured = new ArrayList<Measurement>();
        for (var items : Items.values()) {
            for (var contrast : contrasts()) {
                for (var outcome : Outcome.values()) {
                    measured.add(coverage(new Asked(contrast, items, outcome)));
                }
            }
        }
        return measured;
    }

    private List<String> contrasts() {
        return trials.effects().getFirst().getEffects().stream()
                .map(Effect::getContrast)
                .distinct()
                .toList();
    }

    private Measurement coverage(Asked asked) {
        var printed = printed(asked);
        var truth = Share.of(printed, one -> one.covers(one.truth().mean()));
        var least =
                Math.min(
                        Share.of(printed, one -> one.covers(bound(one.truth(), -2))).value(),
                        Share.of(printed, one -> one.covers(bound(one.truth(), 2))).value());
        var zero = Share.of(printed, one -> one.covers(0));
        return new Measurement(
                "demos/%s/%s/%s".formatted(asked.contrast(), asked.items(), asked.outcome()),
                truth.value(),
                Optional.of(PROMISED),
                "promised at least",
                "share of intervals that hold the truth",
                Optional.empty(),
                PeakMemory.bytes(),
                Optional.empty(),
                String.format(
                        Locale.ROOT,
                        "%s; truth %.4f known to ±%.4f (two standard errors), at whose worse end"
                                + " the share is %.3f; median width %.3f; %.3f contain 0",
                        truth.beside(0.95),
                        printed.getFirst().truth().mean(),
                        2 * printed.getFirst().truth().error(),
                        least,
                        printed.stream()
                                .mapToDouble(Printed::width)
                                .sorted()
                                .skip(printed.size() / 2)
                                .findFirst()
                                .orElseThrow(),
                        zero.value()));
    }

    private static double bound(Truth truth, int errors) {
        return truth.mean() + errors * truth.error();
    }

    private List<Printed> printed(Asked asked) {
        var differences = demos.stream().map(demo -> differences(demo, asked)).toList();
        var effects = trials.of(asked.contrast(), asked.items(), asked.outcome());
        return IntStream.range(0, demos.size())
                .mapToObj(demo -> new Printed(effects.get(demo), Truth.of(differences, demo)))
                .toList();
    }

    private List<Double> differences(Map<String, List<Replicate>> demo, Asked asked) {
        var items = bank.places(asked.items());
        var arms = asked.contrast().split("-", 2);
        var first = demo.get(arms[0]);
        var second = demo.get(arms[1]);
        return IntStream.range(0, first.size())
                .mapToObj(
                        r ->
                                asked.outcome().mean(first.get(r), items)
                                        - asked.outcome().mean(second.get(r), items))
                .toList();
    }
}
