package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.engine.EngineOption;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** Training, beside PyTorch. */
@Command(
        name = "train",
        description = {
            "Training tokens a second and scored items a second, ours and PyTorch's in turn (where"
                    + " python3-torch is installed).",
            "Also memory as sequences grow, and a Pythia of 160 million weights."
        })
public final class TrainBenchCommand implements Callable<Integer> {
    /** What is measured. */
    enum Part {
        demo,
        small,
        medium,
        score,
        memory,
        growth,
        pythia,
        olmo1b;

        /** All that the engine can be measured by on that device, in order. */
        private static Set<Part> of(EngineOption engine) {
            if (!engine.device().equals(Compute.CPU)) {
                return EnumSet.of(olmo1b, growth);
            }
            var parts = EnumSet.complementOf(EnumSet.of(olmo1b));
            if (!engine.isNd4j()) {
                parts.remove(memory);
            }
            return parts;
        }
    }

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

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "demo|small|medium|score|memory|growth|pythia|olmo1b",
            description =
                    "Some of the measurements (default: all that suit the engine; olmo1b, the shape"
                            + " of OLMo-2-1B, is for a GPU).")
    private Set<Part> only = EnumSet.noneOf(Part.class);

    @Option(
            names = "--items",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Items to score (default: as many generated as ParaRel's are like).")
    private List<Path> items = List.of();

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "With --items: tokenizer.json.")
    private Optional<Path> tokenizer;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            paramLabel = "wall|processor",
            description =
                    "What seconds are counted, ours and the peer's; the processor's on a busy"
                            + " machine (default: ${DEFAULT-VALUE}).")
    private Clock clock;

    @Option(names = "--no-peer", description = "Ours alone.")
    private boolean alone;

    @Mixin private EngineOption engine;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var elsewhere = engine.runElsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        if (only.isEmpty()) {
            only = Part.of(engine);
        }
        var peer = alone ? Optional.<TorchPeer>empty() : TorchPeer.find();
        var measurements = new ArrayList<Measurement>();
        try (var line = ProgressLine.onStandardError()) {
            if (peer.isEmpty() && !alone) {
                line.note("no Python here has PyTorch (Debian: python3-torch): ours alone");
            }
            for (var part : only) {
                switch (part) {
                    case demo -> train(TrainingShape.DEMO, peer, line, measurements);
                    case small -> train(TrainingShape.SMALL, peer, line, measurements);
                    case medium -> train(TrainingShape.MEDIUM, peer, line, measurements);
                    case score -> score(peer, line, measurements);
                    case memory -> measurements.addAll(AttentionMemory.measure());
                    case growth -> {
                        line.stage("training 1,000 steps");
                        measurements.add(growth());
                    }
                    case pythia -> {
                        line.stage("training a Pythia of 160 million weights");
                        int most = threads.stream().max(Integer::compare).orElseThrow();
                        measurements.add(
                                measure(TrainingShape.PYTHIA_160M, most, Optional.empty(), 1));
                    }
                    case olmo1b -> train(TrainingShape.OLMO2_1B, peer, line, measurements);
                }
            }
        }
        output.rows(measurements, Measurement.COLUMNS);
        return 0;
    }

    private void train(
            TrainingShape shape,
            Optional<TorchPeer> peer,
            ProgressLine line,
            List<Measurement> measurements) {
        for (int count : threads) {
            line.stage("training %s on %d threads".formatted(shape.name(), count));
            measurements.add(measure(shape, count, peer, WARMUP));
        }
    }

    private Measurement growth() {
        var shape = TrainingShape.DEMO;
        try (var trainer =
                Trainer.fresh(
                        shape.configJson(),
                        Recipe.parse(RECIPE, "the benchmark"),
                        1,
                        engine.compute(2))) {
            return MemoryGrowth.measure(trainer, batch(shape));
        }
    }

    private void score(
            Optional<TorchPeer> peer, ProgressLine line, List<Measurement> measurements) {
        var questions =
                items.isEmpty()
                        ? ScoringBench.generated()
                        : ScoringBench.ofFiles(
                                items,
                                tokenizer.orElseThrow(
                                        () -> new RefusedInput("--items need their --tokenizer")));
        for (int count : threads) {
            line.stage("scoring on %d threads".formatted(count));
            measurements.add(
                    ScoringBench.measure(questions, engine.compute(count), rounds, peer, clock));
        }
    }

    private Measurement measure(
            TrainingShape shape, int count, Optional<TorchPeer> peer, int warmup) {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        long peerMemory = 0;
        try (var trainer =
                Trainer.fresh(
                        shape.configJson(),
                        Recipe.parse(RECIPE, "the benchmark"),
                        1,
                        engine.compute(count))) {
            var batch = batch(shape);
            for (int i = 0; i < warmup; i++) {
                trainer.step(batch);
            }
            for (int round = 0; round < rounds; round++) {
                double rate = median(rates(trainer, batch, shape));
                ours.add(rate);
                if (peer.isPresent()) {
                    int steps = (int) Math.max(5, seconds * rate / shape.tokensPerStep() / 2);
                    var said = peer.get().train(shape, engine.compute(count), warmup, steps, clock);
                    theirs.add(said.rate());
                    ratios.add(rate / said.rate());
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
                clock.unit("tokens"),
                ratios.isEmpty() ? Optional.empty() : Optional.of(median(ratios)),
                PeakMemory.bytes(),
                theirs.isEmpty() ? Optional.empty() : Optional.of(peerMemory),
                limit(flops, count));
    }

    private String limit(double flops, int count) {
        return engine.isNd4j()
                ? "%.0f GFLOP/s of %.0f in products alone"
                        .formatted(flops / 1e9, GemmPeak.measure(count, clock) / 1e9)
                : "%.0f GFLOP/s on %s".formatted(flops / 1e9, engine.device());
    }

    private List<Double> rates(Trainer trainer, int[][] batch, TrainingShape shape) {
        var rates = new ArrayList<Double>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = clock.nanos();
            trainer.step(batch);
            rates.add(shape.tokensPerStep() * 1e9 / Math.max(1, clock.nanos() - start));
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
