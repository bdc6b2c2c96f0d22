package io.retcon.deploy.demo;

import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.DataOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.PortConverter;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardOptions;
import io.retcon.deploy.engine.EngineOption;
import io.retcon.deploy.intervention.EffectsPrint;
import io.retcon.deploy.intervention.Reports;
import io.retcon.deploy.report.Interpretation;
import io.retcon.deploy.report.TerminalPlot;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.EmbeddedBroker;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.record.Effects;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The whole loop on an embedded stack. */
@Command(
        name = "demo",
        description = {
            "Runs the whole loop on an embedded stack: makes a world in which the truth is known,"
                    + " trains a model on it, removes the documents in which a person and a"
                    + " birthplace co-occur, retrains, and prints the effects.",
            "Run again on the same data folder, it goes on where it was, or shows what is there."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int WIDTH = 96;
    private static final int PARTITIONS = 4;

    @Option(names = "--quick", description = "A smaller world, in about a third of the time.")
    private boolean quick;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--port",
            converter = PortConverter.class,
            defaultValue = "" + EmbeddedBroker.DEFAULT_PORT,
            description =
                    "Where the broker listens, on 127.0.0.1 alone (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin private EngineOption engine;
    @Mixin private DataOption data;
    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    private final List<Component> components;

    public DemoCommand(List<Component> components) {
        this.components = List.copyOf(components);
    }

    @Override
    public Integer call() throws IOException {
        try (var folder = DataFolder.claim(data.folder());
                var line = ProgressLine.onStandardError()) {
            CommandLog.writeTo(folder.path().resolve("logs"));
            line.note("data folder " + folder.path());
            try (var stack = stack(folder, line);
                    var page = dashboard(stack)) {
                stack.announce(page.address());
                line.note("dashboard " + page.invitation() + " while the demo runs");
                var world = quick ? World.quick(seed) : World.full(seed);
                var demo = new Demo(stack.cluster(), folder.path(), world, name(), line);
                var effects = stack.unlessAComponentDies(() -> demo.run(engine::says));
                var truth = demo.truth(effects);
                var report =
                        new Reports(stack.cluster())
                                .write(
                                        effects.getIntervention(),
                                        Optional.of(truth),
                                        folder.path().resolve("reports/" + name() + ".html"));
                line.close();
                print(effects, report);
            }
        }
        return 0;
    }

    /** One that shows, and lets nobody publish. */
    private static Dashboard dashboard(Stack stack) {
        return new DashboardOptions().start(stack.cluster(), "127.0.0.1", Optional.empty());
    }

    private Stack stack(DataFolder folder, ProgressLine line) {
        var all = Stream.concat(components.stream(), engine.workers().stream()).toList();
        return Stack.embedded(
                folder, port, PARTITIONS, all, part -> line.stage("starting " + part));
    }

    private String name() {
        return (quick ? "demo-quick-" : "demo-") + seed;
    }

    private void print(Effects effects, Path report) {
        new EffectsPrint(output).print(effects);
        if (output.format() == OutputOption.Format.JSON) {
            command.commandLine().getErr().println("report " + report);
            return;
        }
        var out = command.commandLine().getOut();
        out.println();
        out.print(new TerminalPlot(WIDTH, TerminalPlot.Glyphs.UNICODE).of(effects));
        out.println();
        out.println(Interpretation.of(effects));
        out.println();
        Interpretation.caveats(effects).forEach(caveat -> out.println("- " + caveat));
        out.println();
        out.println("report " + report);
        out.flush();
    }
}
