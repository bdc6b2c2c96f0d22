package io.retcon.deploy.bench.dashboard;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardSettings;
import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.serde.TrustedRecords;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** How soon and how cheaply the dashboard shows what happens. */
@Command(
        name = "dashboard",
        description =
                "Bytes and seconds of the dashboard's first view, and milliseconds from a record to"
                        + " its sight, for many viewers at once and in Chromium where it is"
                        + " installed.")
public final class DashboardBenchCommand implements Callable<Integer> {
    @Option(
            names = "--interventions",
            defaultValue = "100",
            description = "On the board (default: ${DEFAULT-VALUE}).")
    private int interventions;

    @Option(
            names = "--items",
            defaultValue = "1000",
            description = "Selected by each intervention (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--viewers",
            defaultValue = "200",
            description = "At once (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(
            names = "--updates",
            defaultValue = "60",
            description = "About two a second (default: ${DEFAULT-VALUE}).")
    private int updates;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the pauses between updates (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--no-browser", description = "Without Chromium.")
    private boolean noBrowser;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        TrustedRecords.vouch();
        try (var folder = ScratchFolder.create("retcon-bench");
                var line = ProgressLine.onStandardError()) {
            line.stage("starting a broker");
            try (var data = DataFolder.claim(folder.path().resolve("data"))) {
                CommandLog.writeTo(data.path().resolve("logs"));
                try (var stack = Stack.embedded(data, 0, 1, List.of(), part -> {});
                        var cluster = new BusyCluster(stack.cluster(), interventions)) {
                    cluster.publish(items);
                    try (var dashboard = Dashboard.start(stack.cluster(), settings(), List.of())) {
                        output.rows(measure(folder, dashboard, cluster, line), Measurement.COLUMNS);
                    }
                }
            }
        }
        return 0;
    }

    private List<Measurement> measure(
            ScratchFolder folder, Dashboard dashboard, BusyCluster cluster, ProgressLine line) {
        var browser =
                noBrowser
                        ? Optional.<Chromium>empty()
                        : Chromium.start(folder.path().resolve("browser"));
        try {
            return new DashboardBench(dashboard, cluster, browser, line)
                    .measure(viewers, updates, seed);
        } finally {
            browser.ifPresent(Chromium::close);
        }
    }

    private static DashboardSettings settings() {
        return new DashboardSettings(
                "127.0.0.1", 0, new Access(Optional.empty()), Rights.READ, SpecSources.none());
    }
}
