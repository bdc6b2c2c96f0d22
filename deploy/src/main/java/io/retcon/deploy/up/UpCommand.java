package io.retcon.deploy.up;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.PortConverter;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.component.TrainersOption;
import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardOptions;
import io.retcon.deploy.engine.EngineWorkers;
import io.retcon.deploy.observation.ObservationOption;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.EmbeddedBroker;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.file.AllowedFiles;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole stack in the foreground, until a signal comes. */
@Command(
        name = "up",
        description =
                "Runs the stack in the foreground until it is interrupted: a broker, streams, an"
                        + " indexer, a retrainer and a dashboard; with --bootstrap-servers, on that"
                        + " cluster without a broker of its own.")
public final class UpCommand implements Callable<Integer> {
    private record Ready(
            String bootstrapServers, String dashboard, Path data, Path log, double seconds) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "address    %s%ndashboard  %s%ndata       %s%nlog        %s%nready in %.1f s%n",
                    bootstrapServers,
                    dashboard,
                    data,
                    log,
                    seconds);
        }
    }

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;
    @Mixin private DashboardOptions dashboard;
    @Mixin private ObservationOption observation;

    @Option(
            names = "--port",
            converter = PortConverter.class,
            defaultValue = "" + EmbeddedBroker.DEFAULT_PORT,
            description =
                    "Where the broker listens, on 127.0.0.1 alone (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of new topics with data (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--dashboard-host",
            defaultValue = "127.0.0.1",
            description =
                    "Where the dashboard listens (default: ${DEFAULT-VALUE}); beyond 127.0.0.1"
                            + " viewers must bring the token that is printed.")
    private String dashboardHost;

    @Option(
            names = "--dashboard-port",
            converter = PortConverter.class,
            description =
                    "The dashboard's port, or 0 for any free one (default: 8470, or any free one"
                            + " where that is taken).")
    private Integer dashboardPort;

    @Option(
            names = "--device",
            split = ",",
            paramLabel = "cpu|cuda:N",
            description =
                    "What retrainers with engine libtorch compute on, one each (default: cpu, where"
                            + " the engine is installed).")
    private List<String> devices = List.of();

    @Mixin private TrainersOption trainers;

    private final List<Component> components;

    public UpCommand(List<Component> components) {
        this.components = List.copyOf(components);
    }

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        var stop = StopSignal.listen();
        var all =
                Stream.of(
                                components.stream(),
                                engineWorkers().stream(),
                                trainers.retrainer(AllowedFiles.ALL).stream())
                        .flatMap(each -> each)
                        .toList();
        try (var data = DataFolder.claim(cluster.data().folder());
                var progress = ProgressLine.onStandardError()) {
            Path log = CommandLog.writeTo(data.path().resolve("logs"));
            progress.note("data folder " + data.path());
            try (var seen = observation.start();
                    var stack = started(data, seen.watching(all), progress);
                    var page = shown(stack, progress)) {
                seen.started(stack.cluster(), all);
                progress.close();
                output.result(
                        new Ready(
                                stack.cluster().bootstrapServers(),
                                page.invitation().toString(),
                                data.path(),
                                log,
                                (System.nanoTime() - start) / 1e9),
                        Ready::text);
                stop.await(stack.ended());
                progress.stage("stopping");
            }
        }
        return 0;
    }

    private List<Component> engineWorkers() {
        return devices.isEmpty()
                ? EngineWorkers.onCpuIfInstalled(Stages.RETRAINER_THREADS)
                : EngineWorkers.on(devices, Stages.RETRAINER_THREADS, AllowedFiles.ALL);
    }

    private Dashboard shown(Stack stack, ProgressLine progress) {
        progress.stage("starting dashboard");
        var page =
                dashboard.start(stack.cluster(), dashboardHost, Optional.ofNullable(dashboardPort));
        stack.announce(page.address());
        return page;
    }

    private Stack started(DataFolder data, List<Component> components, ProgressLine progress) {
        Consumer<String> starting = part -> progress.stage("starting " + part);
        return cluster.named()
                .map(named -> Stack.joining(named, data, partitions, components, starting))
                .orElseGet(() -> Stack.embedded(data, port, partitions, components, starting));
    }
}
