package io.retcon.deploy.report;

import static io.retcon.deploy.report.TestingReports.effect;
import static io.retcon.deploy.report.TestingReports.unsure;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Effect;

import org.junit.jupiter.api.Test;

import java.util.List;

class InterpretationTest {
    private static final String BENCHMARK = "world/born-in";

    @Test
    void saysWhatChangedByHowMuchAndWhatThePlaceboSays() {
        // Given
        var effects = TestingReports.clear();
        // When
        var sentence = Interpretation.of(effects);
        // Then
        assertThat(sentence)
                .startsWith("Replacing 1,330 matched documents of steps 300–400 lowered the share")
                .contains("of 19 items by 81 points, from 100 % to 19 %")
                .contains("95 % interval −93 to −65 points, 3 replicates")
                .contains(
                        "at random changed it by −2 points (−7 to +2 points), which may be chance")
                .contains("still account for −79 points (−91 to −63 points)")
                .endsWith(".");
    }

    @Test
    void caveatsAreSaidOnce() {
        // Given
        var one = warned("treated-control", BENCHMARK, "3 replicates", "few");
        var other = warned("treated-placebo", BENCHMARK, "3 replicates");
        var collateral = warned("treated-control", "unselected:x", "of others");
        // When
        var caveats =
                Interpretation.caveats(
                        TestingReports.effects("test", List.of(one, other, collateral)));
        // Then
        assertThat(caveats).containsExactly("3 replicates", "few");
    }

    @Test
    void drawsNoConclusionFromAnIntervalThatContainsZero() {
        // Given
        var effect = effect("treated-control", BENCHMARK, "acc_raw", -0.05, -0.2, 0.1);
        // When
        var sentence = sentenceOf(effect);
        // Then
        assertThat(sentence)
                .startsWith("No conclusion: replacing 1,330 matched documents")
                .contains("by −5 points (95 % interval −20 to +10 points, 3 replicates)")
                .contains("may be chance; changes below 12 points are hard to see here");
    }

    @Test
    void blamesNoDocumentsWhenThePlaceboDidTheSame() {
        // Given
        var effects =
                new Effect[] {
                    effect("treated-control", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2),
                    effect("treated-placebo", BENCHMARK, "acc_raw", -0.1, -0.3, 0.1),
                    effect("placebo-control", BENCHMARK, "acc_raw", -0.3, -0.5, -0.1)
                };
        // When
        var sentence = sentenceOf(effects);
        // Then
        assertThat(sentence)
                .contains("; but as many documents taken at random changed it by −30 points")
                .contains("account for −10 points (−30 to +10 points), which may be chance too");
    }

    @Test
    void concludesNothingWhereNoIntervalIsKnown() {
        // Given
        var treated = effect("treated-control", BENCHMARK, "acc_raw", -0.88, -0.97, -0.75);
        var placebo = effect("placebo-control", BENCHMARK, "acc_raw", -0.02, -0.07, 0.02);
        var factor = effect("factor-births", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2);
        // When
        var sentence = sentenceOf(unsure(treated), unsure(placebo));
        var besideUnsurePlacebo = sentenceOf(treated, unsure(placebo));
        var ofFactor = sentenceOf(unsure(factor));
        // Then
        assertThat(sentence)
                .startsWith("No conclusion: replacing 1,330 matched documents")
                .contains("by −88 points (no interval, 1 replicate), which may be chance.")
                .doesNotContain("NaN", "lowered");
        assertThat(besideUnsurePlacebo)
                .contains("taken at random changed it by −2 points (no interval), which may be");
        assertThat(ofFactor).endsWith("by −40 points (no interval), which may be chance.");
    }

    @Test
    void saysWhatEachFactorDoesToItsOwnItems() {
        // Given
        var effects =
                new Effect[] {
                    effect("factor-births", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2),
                    effect("factor-births", "other-factors:" + BENCHMARK, "acc_raw", 0.3, 0.2, 0.4),
                    effect("factor-towns", BENCHMARK, "acc_raw", -0.1, -0.3, 0.1)
                };
        // When
        var sentence = sentenceOf(effects);
        // Then
        assertThat(sentence)
                .startsWith("Each factor on against off, its own items: 'births' lowered the share")
                .contains(
                        "of 19 items by 40 points (95 % interval −60 to −20 points); 'towns'"
                                + " changed")
                .endsWith("by −10 points (95 % interval −30 to +10 points), which may be chance.");
    }

    @Test
    void saysThatAPlaceboIsMissing() {
        // Given
        var effect = effect("treated-control", BENCHMARK, "margin", 1.5, 1.25, 2);
        // When
        var sentence = sentenceOf(effect);
        // Then
        assertThat(sentence)
                .contains("raised the mean margin of 19 items by 1.50, from 4.90 to −1.30")
                .contains("without a placebo");
    }

    @Test
    void concludesNothingFromCollateralEffectsOrFromNone() {
        // Given
        var collateral = effect("treated-control", "unselected:w", "acc_raw", -0.4, -0.6, -0.2);
        var empty =
                Effect.newBuilder(effect("treated-control", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2))
                        .setItems(0)
                        .build();
        // When
        var sentences = List.of(sentenceOf(collateral), sentenceOf(empty), sentenceOf());
        // Then
        assertThat(sentences).allMatch(sentence -> sentence.startsWith("No conclusion: there is"));
    }

    @Test
    void speaksOfThePrimaryEstimateThatTheSpecNames() {
        // Given
        var treated = effect("treated-control", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2);
        var trend = TestingReports.primary(effect("dose-trend", BENCHMARK, "margin", -2, -3, -1));
        var placebo =
                TestingReports.primary(
                        effect("placebo-control", BENCHMARK, "acc_raw", -0.02, -0.07, 0.02));
        // When, Then
        assertThat(sentenceOf(treated, trend))
                .isEqualTo(
                        "dose trend lowered the mean margin of 19 items by 2.00 (95 % interval"
                                + " −3.00 to −1.00, 3 replicates).");
        assertThat(sentenceOf(treated, placebo))
                .startsWith("No conclusion: placebo − control changed the share right")
                .contains("by −2 points");
    }

    private static String sentenceOf(Effect... effects) {
        return Interpretation.of(TestingReports.effects("test", List.of(effects)));
    }

    private static Effect warned(String contrast, String benchmark, String... caveats) {
        return Effect.newBuilder(effect(contrast, benchmark, "acc_raw", -0.4, -0.6, -0.2))
                .setCaveats(List.of(caveats))
                .build();
    }
}
