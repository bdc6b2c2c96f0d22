package io.retcon.deploy.bench.soak;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Whether a stack that works for long grows. */
@Command(
        name = "soak",
        description = {
            "Lets an embedded stack work on interventions one after another, with records that"
                    + " nobody can read, restarts of the components and outages of the broker, and"
                    + " says whether memory, threads, file handles and start-up time stay flat.",
            "Ends with 1 where one of them grows or an intervention's effects are not the first's."
        })
public final class SoakBenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "How long; a round under way is ended (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--longest-outage",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Of the broker (default: ${DEFAULT-VALUE}).")
    private int longestOutage;

    @Option(
            names = "--rejects",
            defaultValue = "100",
            description = "Unreadable records each round (default: ${DEFAULT-VALUE}).")
    private int rejects;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Draws what happens when (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE.html",
            description = "Write a page with the plots there.")
    private Path page;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Keep the data folder with its logs there (default: thrown away).")
    private Path keep;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes <= 0 || longestOutage < 0 || rejects < 1) {
            throw new RefusedInput(
                    "a soak needs time and rejects: say --minutes above 0, --rejects 1 or more and"
                            + " --longest-outage 0 or more");
        }
        if (!Footprint.isKnown()) {
            throw new RefusedInput(
                    "this system does not say what a process uses: run bench soak on Linux");
        }
        var plan =
                new Soak.Plan(
                        Duration.ofMillis(Math.round(minutes * 60_000)),
                        Duration.ofSeconds(longestOutage),
                        rejects,
                        seed);
        var report = new SoakReport(soaked(plan));
        output.rows(report.measurements(), Measurement.COLUMNS);
        if (page != null) {
            Files.writeString(page, report.html());
        }
        return report.holds() ? 0 : FAILED;
    }

    private Soak.Outcome soaked(Soak.Plan plan) throws IOException, InterruptedException {
        if (keep != null) {
            return soaked(plan, keep);
        }
        try (var scratch = ScratchFolder.create("retcon-soak")) {
            return soaked(plan, scratch.path().resolve("data"));
        }
    }

    private static Soak.Outcome soaked(Soak.Plan plan, Path folder)
            throws IOException, InterruptedException {
        try (var data = DataFolder.claim(folder);
                var line = ProgressLine.onStandardError()) {
            CommandLog.writeTo(data.path().resolve("logs"));
            line.stage("starting the stack");
            try (var stack = SoakStack.start(data)) {
                SoakWorld.train(stack.cluster(), stack.folder(), line);
                return new Soak(stack, plan, line).run();
            }
        }
    }
}
