package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;

import org.junit.jupiter.api.Test;

import java.util.List;

class SeriesTextTest {
    @Test
    void saysTheLevelAndTheDecision() {
        // When, Then
        assertThat(SeriesText.of(with(new Entry("watch", 3, "lord++", 0.016666, true))))
                .contains(
                        "Number 3 of ‘watch’, of whose discoveries at most 5 % are false over all"
                                + " checkpoints: its primary estimate is tested at 1.67 % and is a"
                                + " discovery (p < 0.001).");
        assertThat(SeriesText.of(with(new Entry("whose", 1, "holm", 0.025, false))).orElseThrow())
                .contains("any discovery is false with at most 5 %", "2.50 % and is no discovery");
        assertThat(SeriesText.of(with(new Entry("whose", 1, "bh", 0.025, false))).orElseThrow())
                .contains("at most 5 % are false over all matchers");
        assertThat(SeriesText.of(with(null))).isEmpty();
        assertThat(SeriesText.of(TestingReports.clear())).isEmpty();
    }

    @Test
    void theReportSaysItAndThePrimaryEstimate() {
        // Given
        var effects = with(new Entry("watch", 3, "lord++", 0.016666, true));
        // When
        var section =
                new Results(TestingReports.report(effects, TestingReports.spec(), "name: n"))
                        .effects()
                        .toString();
        // Then
        assertThat(section)
                .contains("Number 3 of ‘watch’")
                .contains("Primary estimate, judged by its own p: treated − control by acc_raw");
    }

    private static Effects with(Entry entry) {
        var effect = TestingReports.effect("treated-control", "b", "acc_raw", -0.4, -0.6, -0.2);
        return TestingReports.effects(
                "n",
                List.of(Effect.newBuilder(TestingReports.primary(effect)).setEntry(entry).build()));
    }
}
