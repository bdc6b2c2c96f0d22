package io.retcon.retrainer.publication;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.evaluation.ItemScorer;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;

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
     * @param subject whose progress it is: the intervention, or the run
     * @param threads that score; their number changes no score
     */
    public Checkpoint evaluate(
            LanguageModel model,
            Checkpoint checkpoint,
            List<String> benchmarks,
            String subject,
            int threads) {
        var evaluated = checkpoint;
        try (var scorer = new Scorer(model, threads)) {
            var itemScorer = new ItemScorer(scorer, tokens, unconditional);
            for (var benchmark : benchmarks) {
                var asked = items.of(benchmark);
                if (evaluated.getEvaluations().contains(new Evaluation(benchmark, asked.size()))) {
                    continue;
                }
                var stage =
                        progress.stage(
                                subject,
                                "score",
                                "%s at step %d".formatted(benchmark, checkpoint.getStep()),
                                "items",
                                asked.size());
                stage.done(0);
                evaluated =
                        publisher.publish(
                                evaluated, benchmark, itemScorer.score(asked, stage::done));
            }
        }
        return evaluated;
    }
}
