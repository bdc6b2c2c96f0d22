package io.retcon.retrainer.scoring;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Scores tokenized items under a model. */
public final class LocalScorer {
    private final LanguageModel model;
    private final Compute compute;

    /**
     * @param compute what scores; the number of its threads changes no bit
     */
    public LocalScorer(LanguageModel model, Compute compute) {
        this.model = requireNonNull(model, "model is null");
        this.compute = requireNonNull(compute, "compute is null");
    }

    /** Is told how far the work is, now and then, from any thread. */
    public interface Watch {
        /** A question is a context with its choices; an item has about one. */
        void scored(long questions, long of);
    }

    private record Asked(
            TokenizedItem item,
            List<QuestionPool.Answer> choices,
            List<QuestionPool.Answer> alone) {
        ScoredItem scored(List<double[]> logs, int positions) {
            return ScoredItem.of(
                    item,
                    choices.stream().map(answer -> answer.of(logs)).toList(),
                    alone.stream().map(answer -> answer.of(logs)).toList(),
                    positions);
        }
    }

    /**
     * The scores in the items' order.
     *
     * @param refused gets each item that the model cannot score
     */
    public List<ScoredItem> score(
            List<TokenizedItem> items, Consumer<RefusedInput> refused, Watch watch) {
        var pool = new QuestionPool();
        var asked = new ArrayList<Asked>();
        for (var item : items) {
            if (fits(item, refused)) {
                asked.add(new Asked(item, pool.ask(item.choices()), pool.askAlone(item.alone())));
            }
        }
        try (var scorer = new Scorer(model, compute)) {
            var questions = pool.questions();
            var logs =
                    scorer.logLikelihoods(questions, done -> watch.scored(done, questions.size()));
            int positions = model.config().sizes().positions();
            return asked.stream().map(one -> one.scored(logs, positions)).toList();
        }
    }

    private boolean fits(TokenizedItem item, Consumer<RefusedInput> refused) {
        try {
            var sizes = model.config().sizes();
            item.check(sizes.vocabulary(), sizes.positions());
            return true;
        } catch (RefusedInput e) {
            refused.accept(e);
            return false;
        }
    }
}
