package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.PrimarySpec;
import io.retcon.schemas.spec.Contrast;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.streams.selection.RunNoise;
import io.retcon.streams.statistics.Adjustment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which estimates of an intervention are judged together. The primary one, which the spec names or
 * which is the first contrast of the selected items by the spec's first metric, is judged alone;
 * the others of selected items are one family, differences of matchers another, and what was not
 * selected, or is other factors', a third: how many of one kind were asked changes no q of another.
 * A factorial design has no primary estimate.
 *
 * @param primary contrast, benchmark and metric of the primary estimate
 * @param adjustment inside the other families
 */
record Families(Optional<Test> primary, Adjustment adjustment) {
    /** What was asked. */
    private record Test(String contrast, String benchmark, String metric) {
        static Test of(Effect effect) {
            return new Test(effect.getContrast(), effect.getBenchmark(), effect.getMetric());
        }
    }

    private enum Family {
        PRIMARY,
        SELECTED,
        MATCHERS,
        COLLATERAL;

        /** As effects name it. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Families {
        requireNonNull(primary, "primary is null");
        requireNonNull(adjustment, "adjustment is null");
    }

    static Families of(InterventionSpec spec) {
        return new Families(primary(spec), Adjustment.named(spec.multiplicity()));
    }

    private static Optional<Test> primary(InterventionSpec spec) {
        if (!spec.factors().isEmpty()) {
            return Optional.empty();
        }
        var named = spec.primary();
        return named.flatMap(PrimarySpec::getContrast)
                .or(() -> Contrast.among(spec.arms()).stream().findFirst().map(Contrast::toString))
                .map(
                        contrast ->
                                new Test(
                                        contrast,
                                        spec.select().getBenchmark(),
                                        named.flatMap(PrimarySpec::getMetric)
                                                .orElse(spec.metrics().getFirst())));
    }

    /** The primary estimate among others, where it is there. */
    static Optional<Effect> primary(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> new EstimatedEffect(effect).isPrimary())
                .findFirst();
    }

    /** The same effects, in the same order, with their family and q. */
    List<Effect> adjusted(List<Effect> effects) {
        var adjusted =
                effects.stream().collect(Collectors.groupingBy(this::family)).entrySet().stream()
                        .flatMap(family -> adjusted(family.getKey(), family.getValue()).stream())
                        .collect(Collectors.toMap(Test::of, effect -> effect));
        return effects.stream().map(effect -> adjusted.get(Test.of(effect))).toList();
    }

    private List<Effect> adjusted(Family family, List<Effect> effects) {
        var named =
                effects.stream()
                        .map(of -> Effect.newBuilder(of).setFamily(family.label()).build())
                        .toList();
        return family == Family.PRIMARY
                ? named.stream().map(Families::alone).toList()
                : new FamilyAdjustment(adjustment).adjusted(named);
    }

    private static Effect alone(Effect effect) {
        return Effect.newBuilder(effect).setQ(effect.getP()).setAdjustedBy("none").build();
    }

    private Family family(Effect effect) {
        if (primary.isPresent() && primary.get().equals(Test.of(effect))) {
            return Family.PRIMARY;
        }
        if (MatcherDifference.isNamed(effect.getContrast())) {
            return Family.MATCHERS;
        }
        var benchmark = effect.getBenchmark();
        return benchmark.startsWith(RunNoise.UNSELECTED)
                        || benchmark.startsWith(FactorialQuestion.OTHERS)
                ? Family.COLLATERAL
                : Family.SELECTED;
    }
}
