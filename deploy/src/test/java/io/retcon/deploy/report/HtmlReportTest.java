package io.retcon.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.InterventionSpec;

import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

class HtmlReportTest {
    private static final String HOSTILE =
            "</code></pre><script>alert(1)</script><img src=x onerror='alert(2)'>\"&";

    @Test
    void isTheSamePageForTheSameReport() {
        // Given
        var first = TestingReports.report(TestingReports.clear(), TestingReports.spec(), "name: x");
        var second =
                TestingReports.report(TestingReports.clear(), TestingReports.spec(), "name: x");
        // When
        var pages = List.of(HtmlReport.of(first), HtmlReport.of(second));
        // Then
        assertThat(pages.getFirst()).isEqualTo(pages.getLast());
    }

    @Test
    void showsEveryNumberInPlotAndTable() {
        // Given
        var report =
                TestingReports.report(TestingReports.clear(), TestingReports.spec(), "name: x");
        // When
        var page = HtmlReport.of(report);
        // Then
        assertThat(page)
                .contains("<desc id=\"effects-0-desc\">treated − control: −0.81 [−0.93, −0.65];")
                .contains("<td>−0.81</td><td>−0.93 to −0.65 (95 %)</td><td>&lt; 0.001</td>")
                .contains(Interpretation.of(report.effects()))
                .contains("<code>9f2c4b7a1d3e5f60</code>");
    }

    @Test
    void whatNobodyKnowsIsADashAndADotWithoutAWhisker() {
        // Given
        var unsure = TestingReports.unsure(TestingReports.clear());
        var report = TestingReports.report(unsure, TestingReports.spec(), "name: x");
        // When
        var page = HtmlReport.of(report);
        // Then
        assertThat(page)
                .doesNotContain("NaN", "Infinity", "class=\"interval")
                .contains("class=\"hollow treated\"")
                .contains("<td>−0.81</td><td>–</td><td>–</td><td>–</td>");
    }

    @Test
    void whatWasNotEstimatedIsADash() {
        // Given
        var effect =
                Effect.newBuilder(TestingReports.clear().getEffects().getFirst())
                        .setItems(0)
                        .build();
        var effects = TestingReports.effects("none", List.of(effect));
        // When
        var page = HtmlReport.of(TestingReports.report(effects, TestingReports.spec(), "name: x"));
        // Then
        assertThat(page)
                .doesNotContain("class=\"hollow", "class=\"full")
                .contains("<td>–</td><td>–</td><td>–</td><td>–</td><td>0</td>");
    }

    @Test
    void loadsNothingFromOutside() {
        // Given
        var report =
                TestingReports.report(TestingReports.clear(), TestingReports.spec(), "name: x");
        // When
        var page = HtmlReport.of(report);
        // Then
        assertThat(page)
                .doesNotContain(
                        "http", "//", "url(", "@import", "src=", "href=", "<script", "<link");
    }

    @Test
    void turnsNothingFromOutsideIntoMarkup() {
        // Given
        var report = hostile();
        // When
        var page = HtmlReport.of(report);
        // Then
        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script", "<img", "onerror='");
        assertThat(page.split("</pre>")).hasSize(3);
    }

    @Test
    void isWellFormed() {
        // Given
        var page = HtmlReport.of(hostile());
        // When
        var body = page.substring(page.indexOf("<main>"), page.indexOf("</body>"));
        // Then
        assertThatCode(() -> parse(body)).doesNotThrowAnyException();
    }

    @Test
    void doesWithoutWhatIsNotKnown() {
        // Given
        var full = TestingReports.report(TestingReports.clear(), TestingReports.spec(), "name: x");
        var bare =
                new Report(
                        TestingReports.effects("empty", List.of()),
                        full.spec(),
                        "name: x",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty());
        // When
        var page = HtmlReport.of(bare);
        // Then
        assertThat(page)
                .contains("No conclusion", "The estimator raised none.")
                .doesNotContain("When the items were learned", "What the matcher found");
    }

    @Test
    void saysOfWhichItemsACaveatIs() {
        // Given
        var clear = TestingReports.clear();
        var never =
                Effect.newBuilder(clear.getEffects().getFirst())
                        .setBenchmark("unselected:never")
                        .setCaveats(List.of("3 items"))
                        .build();
        var effects = new ArrayList<>(clear.getEffects());
        effects.add(never);
        // When
        var page =
                HtmlReport.of(
                        TestingReports.report(
                                TestingReports.effects("x", effects),
                                TestingReports.spec(),
                                "name: x"));
        // Then
        assertThat(page).contains("<li>3 items (of unselected:never)</li>");
    }

    private static Report hostile() {
        var spec =
                InterventionSpec.newBuilder(TestingReports.spec())
                        .setName(HOSTILE)
                        .setRun(HOSTILE)
                        .setSelect(
                                SelectSpec.newBuilder()
                                        .setBenchmark(HOSTILE)
                                        .setRule(HOSTILE)
                                        .setMetric(HOSTILE)
                                        .build())
                        .setArms(List.of(HOSTILE, "treated"))
                        .setMetrics(List.of(HOSTILE))
                        .build();
        var effect =
                Effect.newBuilder(
                                TestingReports.effect(
                                        HOSTILE + "-" + HOSTILE, HOSTILE, HOSTILE, 1, 0.5, 2))
                        .setCaveats(List.of(HOSTILE))
                        .build();
        return TestingReports.report(
                TestingReports.effects(HOSTILE, List.of(effect)), spec, HOSTILE);
    }

    private static void parse(String body)
            throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));
    }
}
