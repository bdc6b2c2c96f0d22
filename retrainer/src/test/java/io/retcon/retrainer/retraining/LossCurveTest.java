package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.LossPoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

class LossCurveTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 1_000, 5_000})
    void keepsFewPointsWithTheFirstAndTheLast(long steps) {
        // Given
        var window = new Window(100, 100 + steps);
        // When
        var points = trained(window, LossCurve.over(window), 0).points();
        // Then
        assertThat(points).hasSizeBetween((int) Math.min(steps, 2), LossCurve.MOST);
        assertThat(points.getFirst().getStep()).isEqualTo(100);
        assertThat(points.getLast().getStep()).isEqualTo(99 + steps);
        assertThat(points).isSortedAccordingTo((a, b) -> Long.compare(a.getStep(), b.getStep()));
    }

    @Test
    void oneThatGoesOnHasThePointsOfOneThatNeverStopped() {
        // Given
        var window = new Window(10, 1_010);
        var whole = trained(window, LossCurve.over(window), 0).points();
        trained(new Window(10, 700), LossCurve.over(window), 0).save(folder);
        // When
        var resumed = LossCurve.over(window);
        resumed.resume(folder, 510);
        trained(window, resumed, 500).save(folder);
        // Then
        assertThat(LossCurve.read(folder)).isEqualTo(whole);
    }

    @Test
    void aFolderWithoutLossesHasNone() {
        assertThat(LossCurve.read(folder.resolve("elsewhere"))).isEmpty();
    }

    private static LossCurve trained(Window window, LossCurve losses, long fromPlace) {
        for (long place = fromPlace; place < window.steps(); place++) {
            var point = new LossPoint(window.from() + place, 10.0 / (1 + place));
            losses.add(point.getStep(), place, point.getLoss());
        }
        return losses;
    }
}
