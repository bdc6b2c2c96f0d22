package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.ItemScore;
import io.retcon.retrainer.evaluation.ItemScorer;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.retraining.Variation;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.streams.planning.SplitMix64;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Retrains and scores replicates of the demo's arms as a stack's retrainer does, without one. The
 * same arm, replicate and number of threads give the same bits. Not thread-safe.
 */
final class ReplicateTrainer implements AutoCloseable {
    private static final double DECIMALS = 1e4;

    private final DemoArms demo;
    private final Compute compute;
    private final Tokenizer tokenizer;
    private final ItemTokens tokens;

    ReplicateTrainer(DemoArms demo, int threads) {
        this.demo = requireNonNull(demo, "demo is null");
        this.compute = Compute.cpu(threads);
        this.tokenizer = Tokenizer.ofFile(demo.tokenizer());
        this.tokens = new ItemTokens(tokenizer, demo.eos());
    }

    Replicate train(String arm, int replicate) {
        var scores = scores(arm, replicate);
        return new Replicate(
                arm,
                replicate,
                scores.stream()
                        .map(score -> score.correct().get("acc_raw") ? "1" : "0")
                        .collect(Collectors.joining()),
                scores.stream().map(score -> rounded(score.margin())).toList());
    }

    /** In the items' order. */
    List<ItemScore> scores(String name, int replicate) {
        var arm = demo.arm(name);
        var retrain = demo.spec().retrain();
        // As the scheduler does: the same seed in every arm.
        long seed = SplitMix64.output(demo.spec().seed(), replicate);
        var variation = Variation.of(retrain.getVary(), seed);
        var start = demo.start();
        try (var trainer = Trainer.open(start, start.recipe(), OptimizerStart.SAVED, compute)) {
            variation.perturb(trainer);
            for (long step : variation.order(arm.window())) {
                var batch = arm.step(step);
                trainer.step(batch.sequences(), batch.counted());
            }
            try (var scorer = new Scorer(trainer.model(), compute)) {
                return new ItemScorer(scorer, tokens, Unconditional.SKIPPED)
                        .score(demo.items(), _ -> {});
            }
        }
    }

    private static double rounded(double margin) {
        return Math.rint(margin * DECIMALS) / DECIMALS;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
