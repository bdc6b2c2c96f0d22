package io.retcon.deploy.bench.dashboard;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An open page that notes when it has drawn which word. */
final class WatchedTab {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String WATCH =
            """
            window.sights = {};
            new MutationObserver(() => {
              const word = document.querySelector('main').textContent.match(/%s/);
              if (word && !(word[1] in sights)) {
                sights[word[1]] = 0;
                requestAnimationFrame(() => requestAnimationFrame(() =>
                  sights[word[1]] = performance.timeOrigin + performance.now()));
              }
            }).observe(document.body, {subtree: true, childList: true, characterData: true});
            1
            """
                    .formatted(Words.PATTERN);

    private final Chromium.Tab tab;

    WatchedTab(Chromium.Tab tab) {
        this.tab = requireNonNull(tab, "tab is null");
        tab.ask(WATCH);
    }

    /** From when updates were said to when they were drawn; some are overtaken by the next one. */
    Latencies drawn(List<Moment> said) {
        var last = "window.sights[%d] > 0".formatted(said.size() - 1);
        for (long waited = 0; !tab.ask(last).booleanValue(); waited += 50) {
            if (waited > PATIENCE_MILLIS) {
                throw new IllegalStateException("the browser did not draw the last update");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the browser drew", e);
            }
        }
        var latencies = new ArrayList<Double>();
        for (var sight : tab.ask("window.sights").properties()) {
            var moment = said.get(Integer.parseInt(sight.getKey()));
            latencies.add(sight.getValue().doubleValue() - moment.epochMillis());
        }
        return new Latencies(latencies);
    }
}
