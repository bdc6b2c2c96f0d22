package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Planning and rewriting, beside a script over NumPy files and beside the broker's own rate. */
@Command(
        name = "rewrite",
        description =
                "Planning and rewriting: beside a script over NumPy files where python3-numpy is"
                        + " installed, beside what the same broker takes from a plain producer, and"
                        + " on a window twice as long.")
public final class RewriteBenchCommand implements Callable<Integer> {
    @Option(
            names = "--sequences",
            defaultValue = "8192",
            description =
                    "Sequences of the window, and of the donors' (default: ${DEFAULT-VALUE}).")
    private int sequences;

    @Option(
            names = "--tokens",
            defaultValue = "4096",
            description = "Tokens a sequence (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--matched",
            defaultValue = "0.047",
            description = "Share of the documents that is swapped (default: ${DEFAULT-VALUE}).")
    private double matched;

    @Option(
            names = "--targets",
            defaultValue = "50000",
            description = "Documents to find donors for (default: ${DEFAULT-VALUE}).")
    private int targets;

    @Option(
            names = "--donors",
            defaultValue = "1000000",
            description = "Among so many (default: ${DEFAULT-VALUE}).")
    private int donors;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of ours and the peer in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--no-peer", description = "Ours alone.")
    private boolean alone;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        if (targets < 1 || donors < targets || rounds < 1) {
            throw new RefusedInput(
                    "there is nothing to measure: say --targets and --rounds 1 or more, and"
                            + " --donors no fewer than targets");
        }
        var shape = SwapShape.of(sequences, tokens, matched);
        try (var scratch = ScratchFolder.create("retcon-bench");
                var line = ProgressLine.onStandardError()) {
            output.rows(measure(shape, line, scratch.path()), Measurement.COLUMNS);
        }
        return 0;
    }

    private List<Measurement> measure(SwapShape shape, ProgressLine line, Path folder) {
        var peers = peers(line);
        line.stage("writing two windows");
        var window = SwapWindow.write(shape, 0, folder.resolve("history"));
        var others = SwapWindow.write(shape, shape.steps(), folder.resolve("donors"));
        var measurements = new ArrayList<Measurement>();
        line.stage("swapping without a broker");
        var swap = Swap.ofShare("swap", window, others);
        measurements.addAll(new LocalSwapBench(swap, folder).measure(peers, rounds));
        line.stage("pairing");
        measurements.add(new PairingBench(targets, donors).measure());
        measurements.addAll(new TopologyBench(window, others, line).measure(peers, rounds, folder));
        return measurements;
    }

    private List<NumpySwapPeer> peers(ProgressLine line) {
        var peers = new ArrayList<NumpySwapPeer>();
        if (!alone) {
            for (var reading : NumpySwapPeer.Reading.values()) {
                NumpySwapPeer.find(reading).ifPresent(peers::add);
            }
            if (peers.isEmpty()) {
                line.note("no Python here has NumPy (Debian: python3-numpy): ours alone");
            }
        }
        return peers;
    }
}
