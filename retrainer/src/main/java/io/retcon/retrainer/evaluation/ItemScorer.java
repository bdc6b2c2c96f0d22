package io.retcon.retrainer.evaluation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Scores items under a model: tokens, log-likelihoods, and what they say. */
public final class ItemScorer {
    private final Scorer scorer;
    private final ItemTokens tokens;
    private final Unconditional unconditional;

    public ItemScorer(Scorer scorer, ItemTokens tokens, Unconditional unconditional) {
        this.scorer = requireNonNull(scorer, "scorer is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.unconditional = requireNonNull(unconditional, "unconditional is null");
    }

    /**
     * The scores in the items' order.
     *
     * @param progress gets the number of items done, now and then, from any thread
     */
    public List<ItemScore> score(List<Item> items, LongConsumer progress) {
        var questions = items.stream().map(tokens::question).toList();
        var logs = scorer.logLikelihoods(questions, progress);
        List<double[]> alone =
                unconditional == Unconditional.SCORED ? unconditional(items) : List.of();
        var scores = new ArrayList<ItemScore>();
        for (int i = 0; i < items.size(); i++) {
            var characters = ItemTokens.characters(items.get(i));
            var choices = new ArrayList<ChoiceScore>();
            for (int c = 0; c < characters.size(); c++) {
                choices.add(
                        ChoiceScore.newBuilder()
                                .setLogLikelihood(logs.get(i)[c])
                                .setTokens(questions.get(i).choices().get(c).length)
                                .setCharacters(characters.get(c))
                                .setUnconditional(alone.isEmpty() ? null : alone.get(i)[c])
                                .build());
            }
            var dropped = scorer.dropped(questions.get(i));
            scores.add(new ItemScore(items.get(i), choices, dropped));
        }
        return scores;
    }

    /** Choices after what an item has in place of its query. */
    private record Alone(Optional<String> context, List<String> choices) {
        static Alone of(Item item) {
            return new Alone(item.getUnconditional(), item.getChoices());
        }
    }

    /** Items with the same choices, as many benchmarks have them, are scored once. */
    private List<double[]> unconditional(List<Item> items) {
        var places = new LinkedHashMap<Alone, Integer>();
        var questions = new ArrayList<Question>();
        for (var item : items) {
            if (places.putIfAbsent(Alone.of(item), questions.size()) == null) {
                questions.add(tokens.unconditional(item));
            }
        }
        var logs = scorer.logLikelihoods(questions);
        return items.stream().map(item -> logs.get(places.get(Alone.of(item)))).toList();
    }
}
