package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.planning.TestingSelection;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class RunNoiseTest {
    @Test
    void noiseIsTheSizeOfAMoveBetweenNeighboursFromTheWindowsEndOn() {
        // Given: the window ends at 3, and what lies before it rises steeply
        var noise = new RunNoise(spec("all"));
        double[] margins = {-50, -20, 0, 1, 3, 2};
        for (int step = 0; step < margins.length; step++) {
            noise.add("b/x", true, step, outcome(margins[step] - 1));
            noise.add("b/x", true, step, outcome(margins[step] + 1));
            noise.add("b/y", false, step, outcome(0));
        }
        // When
        var said = noise.of();
        // Then: steps 3, 4, 5 hold 1, 3, 2
        double move = Math.sqrt((2 * 2 + 1 * 1) / 2.0);
        assertThat(said)
                .extracting(CheckpointNoise::getBenchmark)
                .containsExactly("b/", "b/x", "unselected:b/", "unselected:b/y");
        assertThat(said.getFirst().getDeviation()).isCloseTo(move, within(1e-12));
        assertThat(said.getFirst().getCheckpoints()).isEqualTo(3);
        assertThat(said.getLast().getDeviation()).isZero();
    }

    @Test
    void fewCheckpointsAfterTheWindowSayNothingHoweverManyLieBeforeIt() {
        // Given
        var noise = new RunNoise(spec("all"));
        for (int step = 0; step < 5; step++) {
            noise.add("b/x", true, step, outcome(step));
        }
        // Then
        assertThat(noise.of()).isEmpty();
    }

    @Test
    void whatItemsWereSelectedByIsNoNoiseNorWhatAgreesWithIt() {
        // Given: acc_per_token says what acc_raw says, and acc_per_char something else
        var noise =
                new RunNoise(
                        InterventionSpec.newBuilder(spec("learned-at"))
                                .setMetrics(
                                        List.of(
                                                "acc_raw",
                                                "acc_per_token",
                                                "acc_per_char",
                                                "margin"))
                                .build());
        for (int step = 3; step < 8; step++) {
            for (int item = 0; item < 20; item++) {
                // One item in twenty differs for once.
                boolean odd = item == 0 && step == 4;
                boolean other = (item + step) % 3 == 0;
                var outcome =
                        outcome(
                                step,
                                Map.of(
                                        "acc_raw",
                                        true,
                                        "acc_per_token",
                                        !odd,
                                        "acc_per_char",
                                        other));
                noise.add("b/x", true, step, outcome);
                noise.add("b/x", false, step, outcome);
            }
        }
        // Then
        assertThat(noise.of())
                .filteredOn(of -> of.getBenchmark().equals("b/"))
                .extracting(CheckpointNoise::getMetric)
                .containsExactly("acc_per_char", "margin");
        assertThat(noise.of())
                .filteredOn(of -> of.getBenchmark().equals("unselected:b/"))
                .hasSize(4);
    }

    @Test
    void aMetricThatWasNotScoredHasNoNoise() {
        // Given
        var noise =
                new RunNoise(
                        InterventionSpec.newBuilder(spec("all"))
                                .setMetrics(List.of("acc_uncond", "acc_per_char", "acc_raw"))
                                .build());
        for (int step = 3; step < 8; step++) {
            noise.add("b/x", true, step, outcome(0, Map.of("acc_raw", true)));
            noise.add(
                    "b/x",
                    true,
                    step,
                    outcome(
                            0,
                            step == 5
                                    ? Map.of("acc_raw", true)
                                    : Map.of("acc_raw", true, "acc_per_char", false)));
        }
        // Then: acc_per_char speaks of other items at one of the checkpoints
        assertThat(noise.of())
                .extracting(CheckpointNoise::getMetric)
                .containsExactly("acc_raw", "acc_raw");
    }

    @Test
    void anOutcomeIsReadFromItsLine() {
        // Given
        var outcome =
                new PastOutcome(
                        new TreeMap<>(Map.of("acc_raw", true, "acc_uncond", false)),
                        -0.25,
                        Optional.of("p36|x y"));
        // Then
        assertThat(PastOutcome.parse(outcome.line())).isEqualTo(outcome);
        assertThat(PastOutcome.parse(outcome(1).line())).isEqualTo(outcome(1));
        assertThat(outcome.value("acc_per_char")).isEmpty();
        assertThat(outcome.value("acc_uncond")).hasValue(0);
        assertThat(outcome.value("acc_raw")).hasValue(1);
    }

    private static PastOutcome outcome(double margin) {
        return outcome(margin, Map.of());
    }

    private static PastOutcome outcome(double margin, Map<String, Boolean> right) {
        return new PastOutcome(new TreeMap<>(right), margin, Optional.empty());
    }

    private static InterventionSpec spec(String rule) {
        return InterventionSpec.newBuilder(Specs.of(TestingSelection.of("i", 1, "control")))
                .setSelect(
                        SelectSpec.newBuilder()
                                .setBenchmark("b/")
                                .setRule(rule)
                                .setMetric("acc_raw")
                                .build())
                .setMetrics(List.of("margin"))
                .build();
    }
}
