package io.retcon.deploy.bench.crash;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Kills processes and looks whether anything was lost or done twice. */
@Command(
        name = "crash",
        description = {
            "Kills brokers, streams and the indexer with SIGKILL, at moments drawn from the seed,"
                    + " while they work on interventions, and starts them again.",
            "Ends with 1 where overlay, counts or lineage differ from those of an undisturbed run."
        })
public final class CrashBenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Draws who is killed and when (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--sequences",
            defaultValue = "100000",
            description = "Sequences of the window (default: ${DEFAULT-VALUE}).")
    private int sequences;

    @Option(
            names = "--tokens",
            defaultValue = "32",
            description = "Tokens a sequence (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--brokers",
            defaultValue = "1",
            description =
                    "Brokers of the cluster; from 3 on records have 3 replicas, of which 2 must"
                            + " have one before it counts (default: ${DEFAULT-VALUE}).")
    private int brokers;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Keep the processes' logs and data there (default: thrown away).")
    private Path keep;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (kills < 1 || brokers < 1) {
            throw new RefusedInput("there is nobody to kill: say --kills and --brokers 1 or more");
        }
        var world = new CrashWorld(sequences, tokens);
        try (var line = ProgressLine.onStandardError()) {
            if (keep != null) {
                return compare(world, keep, line);
            }
            try (var scratch = ScratchFolder.create("retcon-crash")) {
                return compare(world, scratch.path(), line);
            }
        }
    }

    private int compare(CrashWorld world, Path folder, ProgressLine line)
            throws IOException, InterruptedException {
        Overlay disturbed;
        Trial trial;
        try (var cluster = prepared(world, folder.resolve("disturbed"), line)) {
            trial = new Trial(cluster, world, line);
            trial.run(kills, seed);
            disturbed = Overlay.read(cluster.kafka());
        }
        Overlay undisturbed;
        try (var cluster = prepared(world, folder.resolve("undisturbed"), line)) {
            new Trial(cluster, world, line).runUndisturbed(trial);
            undisturbed = Overlay.read(cluster.kafka());
        }
        var differences = disturbed.differences(undisturbed);
        differences.forEach(line::note);
        output.rows(measurements(trial, disturbed, differences.size()), Measurement.COLUMNS);
        return differences.isEmpty() ? 0 : FAILED;
    }

    private CrashCluster prepared(CrashWorld world, Path folder, ProgressLine line)
            throws IOException, InterruptedException {
        line.stage("starting brokers");
        var cluster = CrashCluster.start(folder, brokers);
        try {
            world.publish(
                    cluster.kafka(), folder, steps -> line.update("importing steps", steps, 0));
            line.stage("starting components");
            cluster.startComponents();
            return cluster;
        } catch (RuntimeException | IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private List<Measurement> measurements(Trial trial, Overlay overlay, int differences) {
        var rows = new ArrayList<Measurement>();
        rows.add(
                Measurement.alone(
                        "crash/differences",
                        differences,
                        "differences",
                        "seed %d, %d kills, %d interventions, %,d rewritten sequences, SHA-256 %s, %d processes ended by themselves"
                                .formatted(
                                        seed,
                                        trial.kills().size(),
                                        trial.interventions(),
                                        overlay.sequences(),
                                        overlay.sha256(),
                                        trial.fallen())));
        for (var kind : List.of(CrashCluster.BROKER, CrashCluster.STREAMS, CrashCluster.INDEXER)) {
            var times =
                    trial.kills().stream()
                            .filter(kill -> kill.kind().equals(kind))
                            .map(Kill::recovery)
                            .sorted()
                            .toList();
            if (!times.isEmpty()) {
                rows.add(
                        Measurement.alone(
                                "crash/recovery-" + kind,
                                times.get(times.size() / 2),
                                "s",
                                "median of %d kills, from the kill to the next progress; longest %.1f s"
                                        .formatted(times.size(), times.getLast())));
            }
        }
        return rows;
    }
}
