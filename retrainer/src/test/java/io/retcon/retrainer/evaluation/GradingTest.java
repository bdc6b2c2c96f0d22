package io.retcon.retrainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.ChoiceScore;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class GradingTest {
    @Test
    void eachMetricHasItsOwnBestChoice() {
        // Given
        var choices =
                List.of(
                        new ChoiceScore(-4.0, 1, 3, -5.0),
                        new ChoiceScore(-6.0, 3, 4, -6.5),
                        new ChoiceScore(-9.0, 3, 30, -20.0));
        // When, Then
        assertThat(Grading.correct(choices, 0))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "acc_raw", true,
                                "acc_per_token", false,
                                "acc_per_char", false,
                                "acc_uncond", false));
        assertThat(Grading.correct(choices, 1)).containsEntry("acc_per_token", true);
        assertThat(Grading.correct(choices, 2))
                .containsEntry("acc_per_char", true)
                .containsEntry("acc_uncond", true);
        assertThat(Grading.margin(choices, 0)).isEqualTo(2);
        assertThat(Grading.margin(choices, 2)).isEqualTo(-5);
    }

    @Test
    void firstOfEqualsIsBest() {
        // Given
        var choices = List.of(new ChoiceScore(-1.0, 1, 1, null), new ChoiceScore(-1.0, 1, 1, null));
        // When, Then
        assertThat(Grading.correct(choices, 0)).containsEntry("acc_raw", true);
        assertThat(Grading.correct(choices, 1))
                .containsEntry("acc_raw", false)
                .doesNotContainKey("acc_uncond");
        assertThat(Grading.margin(choices, 1)).isZero();
    }
}
