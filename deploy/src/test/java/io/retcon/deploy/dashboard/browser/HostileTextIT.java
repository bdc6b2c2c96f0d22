package io.retcon.deploy.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Markup in what comes from outside is shown on every page, and run on none. */
class HostileTextIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ID = "00000000000000aa";
    private static final String REFUSED = "00000000000000bb";

    /** What would run anywhere: in text, in an attribute, in a script. */
    private static final String HOSTILE =
            "</p><script>window.ran=1</script><img src=x onerror=\"window.ran=1\">"
                    + "'\"><svg onload='window.ran=1'>&lt;b&gt;${1}";

    private static final String RUN_OR_MADE =
            """
            const made = [...document.querySelectorAll('main img, main script, [onerror], [onload]')];
            return window.ran === undefined ? made.map(e => e.outerHTML) : ['it ran'];
            """;

    @TempDir private Path folder;

    @BeforeEach
    void needsABrowser() {
        Chromium.require();
    }

    @Test
    void markupIsShownAndNeverRun() {
        try (var shown = ShownStack.start(folder.resolve("data"), List.of());
                var browser = Browser.open(folder.resolve("profile"), shown.address())) {
            // Given
            write(shown.cluster());
            browser.go("/");
            browser.await("both", SOON, () -> browser.count("#interventions li") == 2);
            browser.await("what came out", SOON, () -> browser.has(".stage.done"));
            var pages =
                    List.of(
                            "/",
                            "/interventions/" + ID,
                            "/interventions/" + REFUSED,
                            "/interventions/" + ID + "/items",
                            "/interventions/"
                                    + ID
                                    + "/item?benchmark=hostile&item="
                                    + encoded(HOSTILE),
                            "/rejects",
                            "/interventions/" + encoded(HOSTILE.replace("/", "")),
                            "/runs/" + encoded(HOSTILE.replace("/", "")));
            for (var page : pages) {
                // When
                browser.go(page);
                browser.readAll();
                browser.await(page, SOON, () -> browser.text("main").contains("window.ran=1"));
                // Then
                assertThat(browser.script(RUN_OR_MADE)).as(page).isEqualTo(List.of());
            }
            assertThat(browser.text("title")).doesNotContain("&lt;script");
            // When
            browser.go("/publish");
            browser.type("#spec", "name: " + HOSTILE + "\n" + HOSTILE);
            browser.await("the fault", SOON, () -> browser.has("#verdict.bad"));
            // Then
            assertThat(browser.script(RUN_OR_MADE)).isEqualTo(List.of());
            assertThat(browser.watchdog().complaints())
                    .allMatch(said -> said.contains("404 (Not Found)"));
            assertThat(browser.watchdog().foreign(browser.watchdog().requests())).isEmpty();
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static void write(Cluster cluster) {
        try (var written = new WrittenRecords(cluster)) {
            var intervention = written.intervention(ID, HOSTILE);
            var items =
                    List.of(
                            written.item(item(HOSTILE)),
                            written.item(item("javascript:window.ran=1")));
            written.selection(intervention, items);
            written.progress(progress());
            written.effects(effects());
            written.intervention(REFUSED, "refused " + HOSTILE);
            written.reject(
                    Reject.newBuilder()
                            .setTopic("retcon.interventions")
                            .setPartition(0)
                            .setOffset(1)
                            .setKey(REFUSED)
                            .setReason("the name " + HOSTILE + " is refused")
                            .build());
            written.commit();
        }
    }

    private static Item item(String id) {
        return Item.newBuilder()
                .setBenchmark("hostile")
                .setId(id)
                .setQuery("Who wrote " + HOSTILE + "?")
                .setChoices(List.of(HOSTILE, "nobody"))
                .setGold(0)
                .setSubject(HOSTILE)
                .build();
    }

    private static Progress progress() {
        return Progress.newBuilder()
                .setIntervention(ID)
                .setStage("match")
                .setDone(1)
                .setTotal(2)
                .setRate(1)
                .setUnit(HOSTILE)
                .setMessage(HOSTILE)
                .build();
    }

    private static Effects effects() {
        var clusters =
                List.of(
                        new ClusterEffect(HOSTILE, 1, -0.5, -0.8, -0.1),
                        new ClusterEffect("other", 1, -0.1, -0.2, 0.1));
        var effect =
                Effect.newBuilder()
                        .setContrast("treated-control")
                        .setBenchmark(HOSTILE)
                        .setMetric("acc_raw")
                        .setEstimate(-0.3)
                        .setLow(-0.6)
                        .setHigh(-0.1)
                        .setLevel(0.95)
                        .setP(0.01)
                        .setMinimumDetectable(0.1)
                        .setItems(2)
                        .setReplicates(2)
                        .setCaveats(List.of(HOSTILE))
                        .setClusteredBy("relation")
                        .setClusters(clusters)
                        .build();
        return Effects.newBuilder()
                .setIntervention(ID)
                .setName(HOSTILE)
                .setRun(HOSTILE)
                .setWindow(new StepRange(0L, 10L))
                .setItems(2)
                .setDocuments(3)
                .setEffects(List.of(effect))
                .setArms(
                        Map.of(
                                "control",
                                Map.of("acc_raw", 1.0),
                                "treated",
                                Map.of("acc_raw", 0.7)))
                .setTruncated(Map.of())
                .build();
    }
}
