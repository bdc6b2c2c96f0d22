package io.retcon.deploy.report;

import static io.retcon.deploy.report.TestingReports.effect;
import static io.retcon.deploy.report.TestingReports.unsure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class DoseCurveTest {
    @Test
    void aDoseWithoutAnIntervalIsAPointAlone() {
        // Given
        var half = unsure(effect("dose-0.5-control", "b", "margin", -1, -2, -0.5));
        var whole = effect("treated-control", "b", "margin", -3, -4, -2);
        var panel = Panel.of(TestingReports.effects("doses", List.of(half, whole))).getFirst();
        // When
        var svg = DoseCurve.of(panel, "dose").orElseThrow().toString();
        // Then
        assertThat(svg).doesNotContain("NaN", "Infinity").containsOnlyOnce("class=\"interval");
        assertThat(svg.split("class=\"point", -1)).hasSize(4);
    }
}
