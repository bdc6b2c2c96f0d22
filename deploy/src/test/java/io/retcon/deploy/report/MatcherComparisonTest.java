package io.retcon.deploy.report;

import static io.retcon.deploy.report.TestingReports.effect;
import static io.retcon.deploy.report.TestingReports.unsure;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;

import org.junit.jupiter.api.Test;

import java.util.List;

class MatcherComparisonTest {
    private static final String BENCHMARK = "world/born-in";

    @Test
    void namesTheLargestEffectAndTellsItFromTheNext() {
        // Given
        var comparison =
                comparison(
                        of("bm25", 40, -0.4, -0.5, -0.3),
                        of("cooccurrence", 40, -0.8, -0.9, -0.7),
                        of("occurrence", 40, 0.1, -0.1, 0.3));
        // When
        var sentence = comparison.sentence();
        // Then
        assertThat(sentence)
                .isEqualTo(
                        "The documents of cooccurrence mattered most: treated − control acc_raw"
                                + " −0.80 [−0.90, −0.70]; next come those of bm25 with −0.40"
                                + " [−0.50, −0.30], and the two intervals do not overlap."
                                + " Each changed 40 documents.");
    }

    @Test
    void thePairedTestDecidesAndIsSaidOnce() {
        // Given
        var own = effect("treated-control", BENCHMARK, "acc_raw", -0.4, -0.6, -0.2);
        var apart =
                Effect.newBuilder(
                                effect(
                                        "treated[a]-treated[b]",
                                        BENCHMARK,
                                        "acc_raw",
                                        0.1,
                                        0.05,
                                        0.15))
                        .setQ(0.01)
                        .build();
        var open = Effect.newBuilder(apart).setQ(0.2).build();
        // When
        var found = comparison(of("a", 40, own, apart), of("b", 40, own, apart));
        var notFound = comparison(of("a", 40, own, open), of("b", 40, own, open));
        // Then
        assertThat(found.sentence())
                .contains(
                        "paired by item and replicate, treated[a] − treated[b] is +0.10 [+0.05,"
                                + " +0.15] (q 0.010). Each changed");
        assertThat(notFound.sentence())
                .contains("(q 0.200), so which of the two matters more is open.");
        assertThat(found.rows())
                .extracting(MatcherComparison.Row::matcher)
                .containsExactly("a", "b", "difference");
    }

    @Test
    void saysWhatIsOpen() {
        // Given
        var overlapping =
                comparison(of("a", 40, -0.4, -0.5, -0.3), of("b", 30, -0.45, -0.6, -0.35));
        var chance = comparison(of("a", 40, -0.1, -0.2, 0.1), of("b", 40, 0.05, -0.1, 0.1));
        // When, Then
        assertThat(overlapping.sentence())
                .startsWith("The documents of b mattered most")
                .contains("overlap, so which of the two matters more is open")
                .contains("(b 30, a 40)");
        assertThat(chance.sentence())
                .startsWith("No conclusion: the largest change")
                .contains("that of a, −0.10 [−0.20, +0.10], and may be chance");
        assertThat(comparison(of("a", 0)).sentence()).startsWith("No conclusion: there is no");
        assertThat(comparison(of("a", 7, -0.4, -0.5, -0.3)).sentence())
                .endsWith("[−0.50, −0.30]. Each changed 7 documents.");
    }

    @Test
    void anEffectWithoutAnIntervalMayBeChanceAndIsToldFromNoOther() {
        // Given
        var unsure = unsure(effect("treated-control", BENCHMARK, "acc_raw", -0.9, -1, -0.8));
        var sure = of("b", 40, -0.4, -0.5, -0.3);
        // When
        var sentence = comparison(of("a", 40, unsure), sure).sentence();
        // Then
        assertThat(sentence)
                .startsWith("No conclusion: the largest change")
                .contains("that of a, −0.90 [no interval], and may be chance")
                .contains("[−0.50, −0.30], and which of the two matters more is open.");
    }

    @Test
    void theSameContrastOfEachMatcherStandsTogether() {
        // Given
        var margin = effect("treated-control", BENCHMARK, "margin", -2, -3, -1);
        var share = effect("treated-control", BENCHMARK, "acc_raw", -0.5, -0.6, -0.4);
        // When
        var rows = comparison(of("a", 5, share, margin), of("b", 5, share, margin)).rows();
        // Then
        assertThat(rows)
                .extracting(MatcherComparison.Row::matcher)
                .containsExactly("a", "b", "a", "b");
        assertThat(rows)
                .extracting(row -> row.effect().getMetric())
                .containsExactly("acc_raw", "acc_raw", "margin", "margin");
    }

    private static MatcherComparison comparison(Effects... effects) {
        return new MatcherComparison("whose", List.of(effects));
    }

    private static Effects of(
            String matcher, long documents, double estimate, double low, double high) {
        return of(
                matcher,
                documents,
                effect("treated-control", BENCHMARK, "acc_raw", estimate, low, high),
                effect("treated-control", "unselected:" + BENCHMARK, "acc_raw", -1, -1, -1));
    }

    private static Effects of(String matcher, long documents, Effect... effects) {
        return Effects.newBuilder(TestingReports.clear())
                .setName("whose/" + matcher)
                .setDocuments(documents)
                .setEffects(List.of(effects))
                .build();
    }
}
