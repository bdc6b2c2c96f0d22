package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class LearningCurveTest {

    @Test
    void countsTheOriginalRunsScoresAlone() {
        // Given
        var retraining = Optional.of(new RetrainingId("i", "treated", 0));
        var scores =
                List.of(
                        score(200, "a", true, Optional.empty()),
                        score(200, "b", false, Optional.empty()),
                        score(200, "c", true, Optional.empty()),
                        score(100, "a", false, Optional.empty()),
                        score(200, "a", false, retraining));
        var selected = List.of(new ItemRef("world", "a"), new ItemRef("world", "b"));
        // When
        var curve = LearningCurve.of(scores, selected, "acc_raw");
        // Then
        assertThat(curve.points())
                .containsExactly(
                        new LearningCurve.Point(100, 0, Double.NaN),
                        new LearningCurve.Point(200, 0.5, 1));
    }

    private static Score score(
            long step, String item, boolean right, Optional<RetrainingId> retraining) {
        return Score.newBuilder()
                .setRun("run")
                .setStep(step)
                .setRetraining(retraining.orElse(null))
                .setBenchmark("world")
                .setItem(item)
                .setChoices(List.of())
                .setGold(0)
                .setCorrect(Map.of("acc_raw", right))
                .setMargin(0)
                .build();
    }
}
