package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.report.TerminalPlot.Glyphs;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TerminalPlotTest {

    @Test
    void drawsEveryContrastAroundZero() {
        // Given
        var plot = new TerminalPlot(100, Glyphs.UNICODE);
        // When
        var text = plot.of(TestingReports.clear());
        // Then
        assertThat(text.lines())
                .contains(
                        "acc_raw, selected items of world/born-in (19 items, 3 replicates, 95 %"
                                + " intervals)")
                .anyMatch(line -> line.matches("  treated − control +├─+●─+┤ +┊ +−0.81 .*"))
                .anyMatch(line -> line.matches("  placebo − control +├─*●─*┤ +−0.02 .*"));
    }

    @Test
    void anEstimateWithoutAnIntervalIsADotAlone() {
        // Given
        var plot = new TerminalPlot(100, Glyphs.UNICODE);
        // When
        var text = plot.of(TestingReports.unsure(TestingReports.clear()));
        // Then
        assertThat(text)
                .doesNotContain("NaN", "Infinity", "├", "┤")
                .containsPattern("treated − control +● +┊ +−0.81 \\[no interval\\]");
    }

    @Test
    void drawsWithAsciiAlone() {
        // Given
        var plot = new TerminalPlot(80, Glyphs.ASCII);
        // When
        var text = plot.of(TestingReports.clear());
        // Then
        assertThat(text).isASCII();
    }

    @Test
    void needsRoom() {
        // Given
        int width = TerminalPlot.NARROWEST - 1;
        // When
        // Then
        assertThatThrownBy(() -> new TerminalPlot(width, Glyphs.ASCII))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a plot needs 60 columns, not 59");
    }

    @SeededTest(tries = 100)
    void keepsToItsWidthAndShowsEachIntervalWithItsEstimateInside(Random random) {
        // Given
        int width = TerminalPlot.NARROWEST + random.nextInt(100);
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            double size = Math.pow(10, random.nextInt(4) - 2);
            double low = random.nextGaussian() * size;
            double half = random.nextDouble() * size;
            effects.add(
                    TestingReports.effect(
                            "treated-control", "b" + i, "margin", low + half, low, low + 2 * half));
        }
        // When
        var lines =
                new TerminalPlot(width, Glyphs.UNICODE)
                        .of(TestingReports.effects("test", effects))
                        .lines()
                        .toList();
        // Then
        assertThat(lines).allMatch(line -> line.length() <= width);
        assertThat(rows(lines)).hasSize(effects.size()).allMatch(row -> row.matches(".*●.*"));
    }

    private static List<String> rows(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("  treated")).toList();
    }
}
