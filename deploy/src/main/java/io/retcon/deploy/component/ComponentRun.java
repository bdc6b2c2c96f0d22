package io.retcon.deploy.component;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.observation.ObservationOption;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.stack.Components;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.deploy.up.StopSignal;
import io.retcon.schemas.topic.Cluster;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** What the verbs that run one component share: its cluster, its folder, and how it ends. */
final class ComponentRun {
    private record Ready(
            String component, String bootstrapServers, Path data, Path log, double seconds) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "component  %s%naddress    %s%ndata       %s%nlog        %s%nready in %.1f s%n",
                    component,
                    bootstrapServers,
                    data,
                    log,
                    seconds);
        }
    }

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;
    @Mixin private ObservationOption observation;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of new topics with data (default: ${DEFAULT-VALUE}).")
    private int partitions;

    /** Runs the component in the foreground until a signal comes; returns the exit status. */
    int run(Component component) throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        var stop = StopSignal.listen();
        var kafka = cluster.resolve();
        var folder = cluster.data().folder();
        try (var logs = DataFolder.claimPart(folder, "logs/" + component.name());
                var progress = ProgressLine.onStandardError()) {
            var log = CommandLog.writeTo(logs.path());
            progress.stage("starting topics");
            try (var seen = observation.start();
                    var running = started(seen.watching(List.of(component)), kafka, progress)) {
                seen.started(kafka, List.of(component));
                progress.close();
                output.result(
                        new Ready(
                                component.name(),
                                kafka.bootstrapServers(),
                                folder,
                                log,
                                (System.nanoTime() - start) / 1e9),
                        Ready::text);
                stop.await(running.ended());
                progress.stage("stopping");
            }
        }
        return 0;
    }

    private Components started(List<Component> components, Cluster kafka, ProgressLine progress) {
        Stack.createTopics(kafka, partitions);
        return Components.start(
                components,
                kafka,
                cluster.data().folder(),
                name -> progress.stage("starting " + name));
    }
}
