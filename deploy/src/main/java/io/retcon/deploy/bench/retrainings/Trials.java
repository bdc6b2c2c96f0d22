package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The effects of repeated experiments, each as the demo would print them. */
record Trials(List<Effects> effects) {
    Trials {
        effects = List.copyOf(effects);
    }

    /** Estimates all of them, on all processors. */
    static Trials of(Bank bank, List<Map<String, List<Replicate>>> repetitions, ProgressLine line) {
        requireNonNull(line, "line is null");
        var intervention = new BankedIntervention(bank.origin());
        var done = new AtomicInteger();
        return new Trials(
                repetitions.parallelStream()
                        .map(
                                repetition -> {
                                    var effects = intervention.effects(repetition);
                                    line.update(
                                            "estimating",
                                            done.incrementAndGet(),
                                            repetitions.size());
                                    return effects;
                                })
                        .toList());
    }

    /** One contrast of each, in the repetitions' order. */
    List<Effect> of(String contrast, Items items, Outcome outcome) {
        return effects.stream()
                .map(
                        one ->
                                one.getEffects().stream()
                                        .filter(e -> e.getContrast().equals(contrast))
                                        .filter(e -> e.getBenchmark().equals(items.benchmark()))
                                        .filter(e -> e.getMetric().equals(outcome.toString()))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }
}
