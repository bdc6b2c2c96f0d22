package io.retcon.retrainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

class AccuracyTest {
    @Test
    void aMeanOverFewerItemsSaysSo() {
        // Given
        var items =
                List.of(
                        item(Map.of("acc_raw", true, "acc_uncond", true), OptionalDouble.of(3)),
                        item(Map.of("acc_raw", false), OptionalDouble.of(1)));
        // When
        var accuracy = Accuracy.byBenchmark(items).getFirst();
        // Then
        assertThat(accuracy.accuracies()).containsEntry("acc_raw", 0.5);
        assertThat(accuracy.margin()).contains(2.0);
        assertThat(accuracy.caveats())
                .containsExactly(
                        "acc_uncond of b is a mean over 1 of its 2 items: the others lack what it"
                            + " needs");
    }

    private static ScoredItem item(Map<String, Boolean> correct, OptionalDouble margin) {
        return new ScoredItem(
                "i",
                Optional.of("b"),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(0),
                Optional.of(correct),
                margin,
                OptionalInt.empty());
    }
}
