package io.retcon.retrainer.publication;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.ItemScore;
import io.retcon.retrainer.evaluation.ItemScorer;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.progress.Subject;
import io.retcon.schemas.record.Checkpoint;

import java.util.List;

/** Scores a model on benchmarks and publishes what it finds, benchmark by benchmark. */
public final class Evaluator {
    private final BenchmarkItems items;
    private final ItemTokens tokens;
    private final Unconditional unconditional;
    private final Publisher publisher;
    private final ProgressFeed progress;

    public Evaluator(
            BenchmarkItems items,
            ItemTokens tokens,
            Unconditional unconditional,
            Publisher publisher,
            ProgressFeed progress) {
        this.items = requireNonNull(items, "items is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.unconditional = requireNonNull(unconditional, "unconditional is null");
        this.publisher = requireNonNull(publisher, "publisher is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * Scores every benchmark that the checkpoint's record does not name yet.
     *
     * @param compute what scores; the number of its threads changes no score
     */
    public Checkpoint evaluate(
            LanguageModel model, Checkpoint checkpoint, List<String> benchmarks, Compute compute) {
        var evaluated = checkpoint;
        try (var scorer = new Scorer(model, compute)) {
            var itemScorer = new ItemScorer(scorer, tokens, unconditional);
            for (var benchmark : benchmarks) {
                var asked = items.of(benchmark);
                if (isScored(evaluated, benchmark, asked.size())) {
                    continue;
                }
                var stage = progress.stage(Subject.of(checkpoint), "score", "items", asked.size());
                stage.done(0);
                var scores = itemScorer.score(asked, stage::done);
                evaluated = publisher.publish(evaluated, benchmark, scores);
                sayTruncated(model, benchmark, scores, stage);
            }
        }
        return evaluated;
    }

    private static boolean isScored(Checkpoint checkpoint, String benchmark, int items) {
        return checkpoint.getEvaluations().stream()
                .anyMatch(e -> e.getBenchmark().equals(benchmark) && e.getItems() == items);
    }

    private static void sayTruncated(
            LanguageModel model,
            String benchmark,
            List<ItemScore> scores,
            ProgressFeed.Stage stage) {
        long truncated = scores.stream().filter(ItemScore::isTruncated).count();
        if (truncated > 0) {
            stage.remark(
                    "%,d of %,d items of %s were longer than the model's %,d positions: the beginning of their contexts was left out"
                            .formatted(
                                    truncated,
                                    scores.size(),
                                    benchmark,
                                    model.config().sizes().positions()));
        }
    }
}
