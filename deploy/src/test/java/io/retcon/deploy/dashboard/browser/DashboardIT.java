package io.retcon.deploy.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.demo.World;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The dashboard of a stack that works, in a real browser. */
class DashboardIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PICTURES = Path.of("target", "screenshots");

    /** Keeps every stage that the page shows, and would go with the page. */
    private static final String WATCH_STAGES =
            """
            window.seenStages = [];
            const look = () => {
                const word = document.querySelector('.stage .word');
                const last = window.seenStages[window.seenStages.length - 1];
                if (word && word.textContent !== last) window.seenStages.push(word.textContent);
            };
            look();
            new MutationObserver(look)
                .observe(document.body, {childList: true, subtree: true, characterData: true});
            """;

    /** Names what sticks out, where the page is wider than its window. */
    private static final String WIDER =
            """
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .map(e => e.outerHTML.slice(0, 100));
            """;

    @TempDir static Path folder;
    private static Browser browser;
    private static SmallWorld world;

    @BeforeAll
    static void start() throws IOException {
        Chromium.require();
        world = SmallWorld.start(folder.resolve("data"));
        browser = Browser.open(folder.resolve("profile"), world.shown().address());
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @AfterEach
    void nothingIsAskedOfOthersAndNothingComplainedOf() {
        assertThat(browser.watchdog().foreign(browser.watchdog().requests())).isEmpty();
        assertThat(browser.watchdog().complaints()).isEmpty();
    }

    @Test
    void aSpecThatIsPublishedInThePageRunsToItsEffectBeforeTheViewersEyes() throws IOException {
        // Given
        browser.go("/publish");
        browser.await("the check", SOON, () -> browser.has("#verdict.good"));
        // When
        var spec = SmallWorld.SPEC.replace("without-cooccurrence", "from-the-page") + "seed: 5\n";
        browser.type("#spec", spec.replace("window:", "windwo:"));
        // Then
        browser.await("the fault", SOON, () -> browser.has("#verdict.bad"));
        browser.await("the marked line", SOON, () -> "4".equals(browser.text("#gutter .marked")));
        assertThat(browser.text("#verdict")).contains("Line 4").contains("windwo");
        // When
        browser.type("#spec", spec);
        browser.await("the mended spec", SOON, () -> browser.has("#verdict.good"));
        assertThat(browser.has("#gutter .marked")).isFalse();
        browser.click("button[type=submit]");
        // Then
        browser.await("its page", SOON, () -> browser.path().startsWith("/interventions/"));
        browser.script(WATCH_STAGES);
        browser.await("a retraining", PATIENCE, () -> browser.has("[id^=retrainings-] svg"));
        browser.picture(PICTURES.resolve("under-way-light-1280.png"));
        browser.await("its effect", PATIENCE, () -> browser.has(".stage.done"));
        assertThat(seenStages())
                .as("without a reload")
                .contains("retraining", "done")
                .hasSizeGreaterThan(3);
        browser.await("the estimates", SOON, () -> browser.count("[id^=results-] svg") > 2);
        assertThat(browser.count("[id^=retrainings-] svg polyline")).isGreaterThan(3);
        assertThat(browser.text("[id^=results-]")).contains("Dose and response");
        browser.readAll();
        assertThat(browser.text("main")).contains("Plan balance", "learned at each checkpoint");
        drillsDownToWhatWasRewritten();
    }

    @SuppressWarnings("unchecked")
    private static List<String> seenStages() {
        return (List<String>) browser.script("return window.seenStages");
    }

    /** From the intervention's page to an item, its documents, their donors and the new text. */
    private static void drillsDownToWhatWasRewritten() {
        // When
        browser.click("main header a[href$='/items']");
        browser.await("items", SOON, () -> browser.count("#items li .name") > 10);
        var item = firstItemWithDocuments();
        browser.type("#query", item);
        browser.await("the item alone", SOON, () -> browser.count("#items li .name") == 1);
        browser.click("#items a");
        browser.await("its documents", SOON, () -> browser.has(".document mark"));
        // Then
        assertThat(browser.text("h1")).isEqualTo(item);
        assertThat(browser.text("main"))
                .contains("stands there")
                .contains("In the treated arm (swap)");
        browser.click(".document details summary");
        assertThat(browser.has(".document .difference del")).isTrue();
        assertThat(browser.has(".document .difference ins")).isTrue();
    }

    private static String firstItemWithDocuments() {
        return (String)
                browser.script(
                        "return [...document.querySelectorAll('#items li')]"
                                + ".find(e => /[1-9]\\d* documents?/.test(e.textContent))"
                                + ".querySelector('a').textContent");
    }

    @Test
    void everyPageIsThereForEverybodyOnEveryScreen() throws IOException {
        // Given
        var id = world.effects().getIntervention();
        var faults = new ArrayList<String>();
        // When
        for (var look : Look.all()) {
            browser.look(look);
            for (var page : pages(id)) {
                browser.go(page.path());
                browser.await("the page", SOON, () -> browser.has(page.shows()));
                browser.readAll();
                for (var violation : Axe.violations(browser)) {
                    faults.add("%s %s: %s".formatted(page.name(), look, violation));
                }
                for (var wider : (List<?>) browser.script(WIDER)) {
                    faults.add("%s %s is too wide: %s".formatted(page.name(), look, wider));
                }
                browser.picture(PICTURES.resolve("%s-%s.png".formatted(page.name(), look)));
            }
        }
        browser.watchdog().complaints().stream()
                .filter(said -> !said.contains("404 (Not Found)"))
                .forEach(faults::add);
        // Then
        assertThat(faults).isEmpty();
    }

    private record Page(String name, String path, String shows) {
        Page(String name, String path) {
            this(name, path, "main h1");
        }
    }

    private static List<Page> pages(String id) {
        var item =
                "/interventions/%s/item?benchmark=%s&item=born-in-000"
                        .formatted(id, World.BENCHMARK);
        return List.of(
                new Page("interventions", "/"),
                new Page("intervention", "/interventions/" + id),
                new Page("items", "/interventions/" + id + "/items", "#items .name"),
                new Page("item", item),
                new Page("runs", "/runs"),
                new Page("run", "/runs/" + SmallWorld.RUN),
                new Page("rejects", "/rejects"),
                new Page("cluster", "/cluster", "main table"),
                new Page("publish", "/publish"),
                new Page("unknown", "/interventions/without-coocurence"));
    }

    @Test
    void theKeyboardReachesEverythingAndShowsWhereItIs() {
        // Given
        browser.look(new Look(Look.Scheme.LIGHT, Look.DESK));
        var id = world.effects().getIntervention();
        for (var path : List.of("/", "/publish", "/interventions/" + id)) {
            browser.go(path);
            browser.readAll();
            long reachable =
                    (long)
                            browser.script(
                                    "return [...document.querySelectorAll('a[href], button, input,"
                                            + " textarea, summary, [tabindex=\"0\"]')]"
                                            + ".filter(e => e.checkVisibility()).length");
            // When
            var reached = new LinkedHashSet<String>();
            browser.press(Keys.TAB);
            assertThat(focused()).as("first on " + path).contains("Skip to content");
            while (reached.add(focused()) && reached.size() < reachable) {
                // Then
                assertThat(browser.script(FOCUS_SHOWS)).as(focused()).isEqualTo(true);
                browser.press(Keys.TAB);
            }
            assertThat(reached).as(path).hasSize((int) reachable);
        }
    }

    @Test
    void anUnknownNameLeadsToAPageThatHelps() {
        // Given
        var id = world.effects().getIntervention();
        // When
        browser.go("/interventions/without-coocurence");
        // Then
        assertThat(browser.text("h1")).contains("without-coocurence");
        browser.click("main ul a");
        assertThat(browser.path()).isEqualTo("/interventions/without-cooccurrence");
        assertThat(browser.text("main")).contains(id);
        assertThat(browser.watchdog().complaints())
                .singleElement()
                .asString()
                .contains("404 (Not Found)");
    }

    private static final String FOCUS_SHOWS =
            """
            let e = document.activeElement;
            if (e.matches('textarea')) e = e.parentElement;
            const style = getComputedStyle(e);
            const box = e.getBoundingClientRect();
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
                && box.bottom > 0 && box.top < innerHeight && box.width > 0;
            """;

    private static String focused() {
        return (String)
                browser.script(
                        "const all = [...document.querySelectorAll('*')];"
                                + " return all.indexOf(document.activeElement) + ' '"
                                + " + document.activeElement.outerHTML.slice(0, 120)");
    }
}
