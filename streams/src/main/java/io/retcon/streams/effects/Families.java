package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.streams.selection.RunNoise;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which estimates of an intervention are judged together. The primary one, the first contrast of
 * the selected items by the spec's first metric, is judged alone; the others of selected items are
 * one family, and what was not selected, or is other factors', is another one: how many of the one
 * kind were asked changes no q of the other. A factorial design has no primary estimate.
 *
 * @param primary contrast, benchmark and metric of the primary estimate
 */
record Families(Optional<Test> primary) {
    /** What was asked. */
    private record Test(String contrast, String benchmark, String metric) {
        static Test of(Effect effect) {
            return new Test(effect.getContrast(), effect.getBenchmark(), effect.getMetric());
        }
    }

    private enum Family {
        PRIMARY,
        SELECTED,
        COLLATERAL
    }

    Families {
        requireNonNull(primary, "primary is null");
    }

    static Families of(InterventionSpec spec) {
        return new Families(
                spec.getFactors().isEmpty()
                        ? Contrast.among(spec.getArms()).stream()
                                .findFirst()
                                .map(
                                        contrast ->
                                                new Test(
                                                        contrast.toString(),
                                                        spec.getSelect().getBenchmark(),
                                                        spec.getMetrics().getFirst()))
                        : Optional.empty());
    }

    /** The same effects, in the same order, with their q. */
    List<Effect> adjusted(List<Effect> effects) {
        var adjusted =
                effects.stream().collect(Collectors.groupingBy(this::family)).values().stream()
                        .flatMap(family -> FalseDiscoveries.adjusted(family).stream())
                        .collect(Collectors.toMap(Test::of, effect -> effect));
        return effects.stream().map(effect -> adjusted.get(Test.of(effect))).toList();
    }

    private Family family(Effect effect) {
        if (primary.isPresent() && primary.get().equals(Test.of(effect))) {
            return Family.PRIMARY;
        }
        var benchmark = effect.getBenchmark();
        return benchmark.startsWith(RunNoise.UNSELECTED)
                        || benchmark.startsWith(FactorialQuestion.OTHERS)
                ? Family.COLLATERAL
                : Family.SELECTED;
    }
}
