package io.retcon.deploy.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Nine thousand items and a hundred interventions scroll without a freeze. */
class LongListsIT {
    private static final int ITEMS = 9_000;
    private static final int INTERVENTIONS = 100;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** No longer may the page be busy at a stretch, on two cores that others use as well. */
    private static final double LONGEST_TASK_MILLIS = 1_000;

    private static final String WATCH_TASKS =
            """
            window.longest = 0;
            new PerformanceObserver(list => list.getEntries()
                    .forEach(task => window.longest = Math.max(window.longest, task.duration)))
                .observe({type: 'longtask', buffered: true});
            """;

    /** Goes six windows down and waits until a row stands in the middle; says whether it ends. */
    private static final String SCROLL =
            """
            const done = arguments[arguments.length - 1];
            const end = document.documentElement.scrollHeight - innerHeight;
            scrollTo(0, Math.min(end, scrollY + 6 * innerHeight));
            const look = () => {
                const there = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
                if (there?.closest('li')?.querySelector('.name a')?.textContent) {
                    done(scrollY >= document.documentElement.scrollHeight - innerHeight - 2);
                } else {
                    requestAnimationFrame(look);
                }
            };
            requestAnimationFrame(look);
            """;

    @TempDir private Path folder;

    @BeforeEach
    void needsABrowser() {
        Chromium.require();
    }

    @Test
    void longListsScrollWithoutAFreeze() {
        try (var shown = ShownStack.start(folder.resolve("data"), List.of());
                var browser = Browser.open(folder.resolve("profile"), shown.address())) {
            // Given
            write(shown.cluster());
            browser.go("/");
            browser.await(
                    "all",
                    SOON,
                    () -> browser.text("#count").startsWith(INTERVENTIONS + " interventions"));
            browser.go("/");
            // When, Then
            scrollsThrough(browser, "#interventions", INTERVENTIONS);
            // When, Then
            browser.go("/interventions/%016x/items".formatted(0));
            browser.await("items", SOON, () -> browser.has("#items .name"));
            browser.script("scrollTo(0, document.documentElement.scrollHeight)");
            browser.await("the last", SOON, () -> browser.text("#items").contains("item-8999"));
            browser.script("scrollTo(0, 0)");
            scrollsThrough(browser, "#items", ITEMS);
            // When
            browser.script("scrollTo(0, 0); window.longest = 0");
            browser.type("#query", "item-8999");
            // Then
            browser.await("the one", SOON, () -> browser.count("#items .name") == 1);
            assertThat(longestTask(browser)).isLessThan(LONGEST_TASK_MILLIS);
            assertThat(browser.watchdog().complaints()).isEmpty();
        }
    }

    private static void scrollsThrough(Browser browser, String list, int rows) {
        browser.script(WATCH_TASKS);
        browser.await("the end of " + list, PATIENCE, () -> (boolean) browser.asyncScript(SCROLL));
        browser.await("all rows", SOON, () -> browser.count(list + " .name") == rows);
        assertThat(longestTask(browser)).as("milliseconds").isLessThan(LONGEST_TASK_MILLIS);
    }

    private static double longestTask(Browser browser) {
        return ((Number) browser.script("return window.longest")).doubleValue();
    }

    private static void write(Cluster cluster) {
        try (var written = new WrittenRecords(cluster)) {
            var items = new ArrayList<ItemRef>();
            for (int i = 0; i < ITEMS; i++) {
                items.add(written.item(item(i)));
            }
            var all =
                    IntStream.range(0, INTERVENTIONS)
                            .mapToObj(
                                    i ->
                                            written.intervention(
                                                    "%016x".formatted(i), "intervention-" + i))
                            .toList();
            written.selection(all.getFirst(), items);
            all.forEach(one -> written.progress(progress(one.getId())));
            written.commit();
        }
    }

    private static Item item(int i) {
        return Item.newBuilder()
                .setBenchmark("written")
                .setId("item-%04d".formatted(i))
                .setQuery(
                        "Item %d is about something that takes a line to ask for, which is"
                                .formatted(i))
                .setChoices(List.of("this", "that"))
                .setGold(0)
                .build();
    }

    private static Progress progress(String intervention) {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("match")
                .setDone(10)
                .setTotal(100)
                .setRate(5)
                .setUnit("steps")
                .build();
    }
}
