package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** Training, beside PyTorch. */
@Command(
        name = "train",
        description =
                "Training tokens a second, ours and PyTorch's in turn (where python3-torch is"
                        + " installed).")
public final class TrainBenchCommand implements Callable<Integer> {
    private static final int WARMUP = 10;
    private static final String RECIPE =
            """
            {"learning_rate": 0.001, "schedule": "constant", "betas": [0.9, 0.95], "weight_decay": 0.1,
             "max_grad_norm": 1.0, "z_loss_multiplier": 1e-5}
            """;

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,2",
            description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of ours and the peer in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "About how long a round of ours trains (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--no-peer", description = "Ours alone.")
    private boolean alone;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        var peer = alone ? Optional.<TorchPeer>empty() : TorchPeer.find();
        var measurements = new ArrayList<Measurement>();
        try (var line = ProgressLine.onStandardError()) {
            if (peer.isEmpty() && !alone) {
                line.note("no Python here has PyTorch (Debian: python3-torch): ours alone");
            }
            for (var shape : List.of(TrainingShape.DEMO, TrainingShape.SMALL)) {
                for (int count : threads) {
                    line.stage("training %s on %d threads".formatted(shape.name(), count));
                    measurements.add(measure(shape, count, peer));
                }
            }
        }
        output.rows(measurements, Measurement.COLUMNS);
        return 0;
    }

    private Measurement measure(TrainingShape shape, int count, Optional<TorchPeer> peer)
            throws IOException {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        long peerMemory = 0;
        try (var trainer =
                Trainer.fresh(
                        shape.configJson(), Recipe.parse(RECIPE, "the benchmark"), 1, count)) {
            var batch = batch(shape);
            for (int i = 0; i < WARMUP; i++) {
                trainer.step(batch);
            }
            for (int round = 0; round < rounds; round++) {
                double rate = median(rates(trainer, batch, shape));
                ours.add(rate);
                if (peer.isPresent()) {
                    int steps = (int) Math.max(5, seconds * rate / shape.tokensPerStep() / 2);
                    var said = peer.get().train(shape, count, WARMUP, steps);
                    theirs.add(said.tokensPerSecond());
                    ratios.add(rate / said.tokensPerSecond());
                    peerMemory = Math.max(peerMemory, said.memoryBytes());
                }
            }
        }
        double rate = median(ours);
        double flops = shape.flopsPerStep() * rate / shape.tokensPerStep();
        return new Measurement(
                "train/%s/%d threads".formatted(shape.name(), count),
                rate,
                theirs.isEmpty() ? Optional.empty() : Optional.of(median(theirs)),
                peer.map(TorchPeer::name).orElse("none"),
                "tokens/s",
                ratios.isEmpty() ? Optional.empty() : Optional.of(median(ratios)),
                PeakMemory.bytes(),
                theirs.isEmpty() ? Optional.empty() : Optional.of(peerMemory),
                "matrix products: %.0f GFLOP/s".formatted(flops / 1e9));
    }

    private List<Double> rates(Trainer trainer, int[][] batch, TrainingShape shape) {
        var rates = new ArrayList<Double>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            trainer.step(batch);
            rates.add(shape.tokensPerStep() * 1e9 / (System.nanoTime() - start));
        }
        return rates;
    }

    private static int[][] batch(TrainingShape shape) {
        var random = new SplittableRandom(1);
        var batch = new int[shape.batch()][];
        Arrays.setAll(batch, s -> random.ints(shape.length(), 0, shape.vocabulary()).toArray());
        return batch;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
