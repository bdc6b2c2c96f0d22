package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.PrimarySpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.planning.TestingSelection;
import io.retcon.streams.statistics.Adjustment;

import org.junit.jupiter.api.Test;

import java.util.List;

class FamiliesTest {
    @Test
    void thePrimaryEstimateIsJudgedAloneAndTheCollateralApart() {
        // Given
        var spec = Specs.of(TestingSelection.of("i", 1, "control", "treated", "placebo"));
        var benchmark = spec.select().getBenchmark();
        var metric = spec.metrics().getFirst();
        // When
        var adjusted =
                Families.of(spec)
                        .adjusted(
                                List.of(
                                        effect("treated-control", benchmark, metric, 0.03),
                                        effect("treated-placebo", benchmark, metric, 0.02),
                                        effect("placebo-control", benchmark, metric, 0.5),
                                        effect("treated-control", "unselected:x", metric, 0.04)));
        // Then
        assertThat(adjusted)
                .extracting(Effect::getQ)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.03, 0.04, 0.5, 0.04);
        assertThat(adjusted)
                .extracting(Effect::getFamily)
                .containsExactly("primary", "selected", "selected", "collateral");
        assertThat(adjusted)
                .extracting(Effect::getAdjustedBy)
                .containsExactly("none", "bh", "bh", "bh");
    }

    @Test
    void theSpecNamesThePrimaryEstimateAndTheMethod() {
        // Given
        var any = Specs.of(TestingSelection.of("i", 1, "control", "treated", "placebo"));
        var spec =
                InterventionSpec.newBuilder(any)
                        .setMetrics(List.of("acc_raw", "margin"))
                        .setPrimary(new PrimarySpec("treated-placebo", "margin"))
                        .setMultiplicity("holm")
                        .build();
        var benchmark = spec.select().getBenchmark();
        // When
        var adjusted =
                Families.of(spec)
                        .adjusted(
                                List.of(
                                        effect("treated-control", benchmark, "acc_raw", 0.01),
                                        effect("treated-control", benchmark, "margin", 0.03),
                                        effect("treated-placebo", benchmark, "margin", 0.04),
                                        effect("treated[a]-treated[b]", benchmark, "margin", 0.2)));
        // Then
        assertThat(adjusted)
                .extracting(Effect::getFamily)
                .containsExactly("selected", "selected", "primary", "matchers");
        assertThat(adjusted)
                .extracting(Effect::getQ)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.02, 0.03, 0.04, 0.2);
        assertThat(Families.primary(adjusted)).contains(adjusted.get(2));
    }

    @Test
    void halfANameLeavesTheOtherHalfToTheRule() {
        // Given
        var any = Specs.of(TestingSelection.of("i", 1, "control", "treated", "placebo"));
        var spec =
                InterventionSpec.newBuilder(any)
                        .setMetrics(List.of("acc_raw", "margin"))
                        .setPrimary(new PrimarySpec(null, "margin"))
                        .build();
        var benchmark = spec.select().getBenchmark();
        // When
        var adjusted =
                Families.of(spec)
                        .adjusted(
                                List.of(
                                        effect("treated-control", benchmark, "acc_raw", 0.01),
                                        effect("treated-control", benchmark, "margin", 0.03)));
        // Then
        assertThat(adjusted).extracting(Effect::getFamily).containsExactly("selected", "primary");
    }

    @Test
    void metricsThatAgreeOnEveryItemCountOnce() {
        // Given
        var found =
                List.of(
                        effect("treated-placebo", "b", "acc_raw", 0.02),
                        effect("treated-placebo", "b", "acc_per_token", 0.02),
                        effect("placebo-control", "b", "acc_raw", 0.9));
        // When
        var adjusted = new FamilyAdjustment(Adjustment.BH).adjusted(found);
        // Then
        assertThat(adjusted.getFirst().getQ()).isCloseTo(0.04, within(1e-12));
    }

    private static Effect effect(String contrast, String benchmark, String metric, double p) {
        return Effect.newBuilder()
                .setContrast(contrast)
                .setBenchmark(benchmark)
                .setMetric(metric)
                .setEstimate(1)
                .setLow(0)
                .setHigh(2)
                .setLevel(0.95)
                .setP(p)
                .setMinimumDetectable(1)
                .setItems(5)
                .setReplicates(3)
                .setCaveats(List.of())
                .build();
    }
}
