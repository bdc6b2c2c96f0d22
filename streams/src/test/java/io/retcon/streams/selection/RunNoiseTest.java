package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.streams.planning.TestingSelection;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class RunNoiseTest {

    @Test
    void noiseIsWhatNeighboursDifferByFromTheWindowsEndOn() {
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
        double deviation = Math.sqrt((2 * 2 + 1 * 1) / 4.0);
        assertThat(said)
                .extracting(CheckpointNoise::getBenchmark)
                .containsExactly("b/", "b/x", "unselected:b/", "unselected:b/y");
        assertThat(said.getFirst().getDeviation()).isCloseTo(deviation, within(1e-12));
        assertThat(said.getFirst().getCheckpoints()).isEqualTo(3);
        assertThat(said.getLast().getDeviation()).isZero();
    }

    @Test
    void twoCheckpointsSayNothing() {
        // Given
        var noise = new RunNoise(spec("all"));
        noise.add("b/x", true, 0, outcome(1));
        noise.add("b/x", true, 9, outcome(2));
        // Then
        assertThat(noise.of()).isEmpty();
    }

    @Test
    void whatItemsWereSelectedByIsNoNoise() {
        // Given
        var noise =
                new RunNoise(
                        InterventionSpec.newBuilder(spec("learned-at"))
                                .setMetrics(List.of("acc_raw", "margin"))
                                .build());
        for (int step = 0; step < 6; step++) {
            noise.add("b/x", true, step, outcome(step));
            noise.add("b/x", false, step, outcome(step));
        }
        // Then
        assertThat(noise.of())
                .extracting(of -> of.getBenchmark() + " " + of.getMetric())
                .contains("b/ margin", "unselected:b/ acc_raw")
                .doesNotContain("b/ acc_raw");
    }

    @Test
    void anOutcomeIsReadFromItsLine() {
        // Given
        var outcome =
                new PastOutcome(List.of("acc_raw", "acc_uncond"), -0.25, Optional.of("p36|x y"));
        // Then
        assertThat(PastOutcome.parse(outcome.line())).isEqualTo(outcome);
        assertThat(outcome.value("acc_per_char")).isZero();
        assertThat(outcome.value("acc_raw")).isEqualTo(1);
    }

    private static PastOutcome outcome(double margin) {
        return new PastOutcome(List.of(), margin, Optional.empty());
    }

    private static InterventionSpec spec(String rule) {
        return InterventionSpec.newBuilder(TestingSelection.of("i", 1, "control").getSpec())
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
