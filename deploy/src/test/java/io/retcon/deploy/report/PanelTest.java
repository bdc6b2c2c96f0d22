package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class PanelTest {
    @ParameterizedTest
    @CsvSource({
        "treated-control,treated − control",
        "placebo-control,placebo − control",
        "dose-0.25-control,dose 0.25 − control",
        "dose-trend,dose trend",
        "factor-big-towns,factor big-towns",
        "treated[bm25-1]-treated[given],treated[bm25-1] − treated[given]",
        "interaction-a-b,interaction a-b"
    })
    void aContrastIsReadInWords(String contrast, String words) {
        // Given
        var effect = TestingReports.effect(contrast, "b", "acc_raw", 0.1, 0, 0.2);
        // When, Then
        assertThat(Panel.label(effect)).isEqualTo(words);
    }

    @Test
    void oneReplicateMayBeChanceAndHasNoInterval() {
        // Given
        var effect =
                TestingReports.effect(
                        "treated-control", "b", "acc_raw", -0.88, Double.NaN, Double.NaN);
        // When, Then
        assertThat(Panel.mayBeNone(effect)).isTrue();
        assertThat(Panel.hasInterval(effect)).isFalse();
        assertThat(Figures.withInterval(effect)).isEqualTo("−0.88 [no interval]");
        assertThat(Figures.p(Double.NaN)).isEqualTo("–");
        assertThat(Scale.around(List.of(effect)).low()).isLessThan(-0.88);
    }

    @Test
    void thePanelToSpeakOfIsThatOfThePrimaryEstimate() {
        // Given
        var share = TestingReports.effect("treated-control", "b", "acc_raw", 0.1, 0, 0.2);
        var margin = TestingReports.effect("treated-control", "b", "margin", 1, 0, 2);
        var placebo = TestingReports.effect("treated-placebo", "b", "margin", 1, 0, 2);
        var named =
                TestingReports.effects(
                        "n", List.of(share, margin, TestingReports.primary(placebo)));
        var older = TestingReports.effects("n", List.of(margin, share));
        // When
        var panel = Panel.principal(named).orElseThrow();
        // Then
        assertThat(panel.metric()).isEqualTo("margin");
        assertThat(panel.principal().orElseThrow().getContrast()).isEqualTo("treated-placebo");
        assertThat(Panel.principal(older).orElseThrow().metric()).isEqualTo("margin");
    }
}
