package io.retcon.deploy.bench.dashboard;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.Clock;
import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.PeakMemory;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.dashboard.Dashboard;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a dashboard's viewers wait for: the first view, and each update after it. */
final class DashboardBench {
    private static final double FIRST_VIEW_SECONDS = 1;
    private static final double FIRST_VIEW_KB = 300;
    private static final double UPDATE_MILLISECONDS = 500;
    private static final int FIRST_VIEWS = 9;
    private static final Pattern EVENTS = Pattern.compile("sse-connect=\"([^\"]+)\"");

    private final Dashboard dashboard;
    private final BusyCluster cluster;
    private final Optional<Chromium> browser;
    private final ProgressLine line;

    DashboardBench(
            Dashboard dashboard,
            BusyCluster cluster,
            Optional<Chromium> browser,
            ProgressLine line) {
        this.dashboard = requireNonNull(dashboard, "dashboard is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.browser = requireNonNull(browser, "browser is null");
        this.line = requireNonNull(line, "line is null");
    }

    List<Measurement> measure(int viewers, int updates, long seed) {
        var measurements = new ArrayList<Measurement>();
        for (var page : List.of("/", "/interventions/" + cluster.newest())) {
            measurements.addAll(firstView(page));
        }
        measurements.addAll(updates(viewers, updates, seed));
        return measurements;
    }

    private List<Measurement> firstView(String page) {
        line.stage("opening " + page);
        var address = dashboard.address().resolve(page);
        FirstView.of(address); // the first one compiles
        var views =
                IntStream.range(0, FIRST_VIEWS).mapToObj(round -> FirstView.of(address)).toList();
        var seconds = new Latencies(views.stream().map(view -> view.seconds() * 1e3).toList());
        var kilobytes = views.getFirst().bytes() / 1e3;
        var name = page.equals("/") ? "interventions" : "intervention";
        var measurements = new ArrayList<Measurement>();
        measurements.add(
                beside(
                        "dashboard/bytes/" + name,
                        kilobytes,
                        FIRST_VIEW_KB,
                        "KB",
                        "the page with its styles and scripts, compressed as sent"));
        measurements.add(
                beside(
                        "dashboard/fetched/" + name,
                        seconds.median() / 1e3,
                        FIRST_VIEW_SECONDS,
                        "s",
                        "all of it fetched by one who was never there, one file after the other"));
        browser.ifPresent(
                chromium ->
                        measurements.add(
                                beside(
                                        "dashboard/drawn/" + name,
                                        drawn(chromium, address).median() / 1e3,
                                        FIRST_VIEW_SECONDS,
                                        "s",
                                        "until Chromium's first contentful paint")));
        return measurements;
    }

    private static Latencies drawn(Chromium chromium, URI address) {
        var seen = new ArrayList<Double>();
        for (int round = 0; round < FIRST_VIEWS; round++) {
            try (var tab = chromium.open(address)) {
                seen.add(
                        tab.ask(
                                        """
                                        new Promise(done => new PerformanceObserver(list => {
                                          for (const e of list.getEntries())
                                            if (e.name === 'first-contentful-paint') done(e.startTime);
                                        }).observe({type: 'paint', buffered: true}))
                                        """)
                                .doubleValue());
            }
        }
        return new Latencies(seen);
    }

    private List<Measurement> updates(int viewers, int updates, long seed) {
        line.stage("seating %,d viewers".formatted(viewers));
        var tab = browser.map(chromium -> chromium.open(dashboard.address()));
        var watch = tab.map(WatchedTab::new);
        try (var audience = new Audience(events(), viewers, updates - 1)) {
            long processor = Clock.processor.nanos();
            long start = System.nanoTime();
            var said = say(updates, seed);
            var received = audience.received(said);
            double busy =
                    (double) (Clock.processor.nanos() - processor) / (System.nanoTime() - start);
            var measurements = new ArrayList<Measurement>();
            measurements.addAll(
                    seen(
                            "received",
                            received,
                            "%d viewers saw %d updates of %d; %.0f %% of a core busy, with the broker and the viewers in one process"
                                    .formatted(
                                            viewers,
                                            received.milliseconds().size() / viewers,
                                            updates,
                                            100 * busy)));
            watch.ifPresent(
                    open ->
                            measurements.addAll(
                                    seen(
                                            "drawn",
                                            open.drawn(said),
                                            "in Chromium, until the frame after the change, beside %d other viewers"
                                                    .formatted(viewers))));
            return measurements;
        } finally {
            tab.ifPresent(Chromium.Tab::close);
        }
    }

    /** What the first page listens to. */
    private URI events() {
        var events = EVENTS.matcher(FirstView.of(dashboard.address()).text());
        if (!events.find()) {
            throw new IllegalStateException("the page listens to nothing");
        }
        return dashboard.address().resolve(events.group(1).replace("&amp;", "&"));
    }

    /** When each was said. */
    private List<Moment> say(int updates, long seed) {
        var random = new SplittableRandom(seed);
        var said = new ArrayList<Moment>();
        for (int i = 0; i < updates; i++) {
            line.update("saying", i, updates);
            rest(random.nextLong(300, 700));
            said.add(Moment.now());
            cluster.say(Words.of(i), i);
        }
        line.update("saying", updates, updates);
        return said;
    }

    private static List<Measurement> seen(String how, Latencies latencies, String limit) {
        return List.of(
                beside(
                        "dashboard/update/%s/median".formatted(how),
                        latencies.median(),
                        UPDATE_MILLISECONDS,
                        "ms",
                        limit),
                beside(
                        "dashboard/update/%s/worst".formatted(how),
                        latencies.worst(),
                        UPDATE_MILLISECONDS,
                        "ms",
                        limit));
    }

    /** Smaller is better. */
    private static Measurement beside(
            String name, double ours, double aim, String unit, String limit) {
        return new Measurement(
                name,
                ours,
                Optional.of(aim),
                "aim",
                unit,
                Optional.of(aim / ours),
                PeakMemory.bytes(),
                Optional.empty(),
                limit);
    }

    private static void rest(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two updates", e);
        }
    }
}
