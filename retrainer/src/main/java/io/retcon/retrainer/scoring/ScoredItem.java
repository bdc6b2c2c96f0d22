package io.retcon.retrainer.scoring;

import io.retcon.retrainer.evaluation.Grading;
import io.retcon.schemas.record.ChoiceScore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a model says to an item; lists are in the order of its choices.
 *
 * @param logLikelihoods natural-log probability of each choice after its context
 * @param tokens length of each choice
 * @param characters length of each choice in Unicode code points, where there is text
 * @param unconditional natural-log probability of each choice without its question, where asked
 * @param correct metric to whether its best choice is the right one
 * @param margin log-likelihood of the right choice minus that of the best wrong one
 * @param truncated tokens at the beginning of the context that the model had no room for
 */
public record ScoredItem(
        String id,
        Optional<String> benchmark,
        List<Double> logLikelihoods,
        List<Integer> tokens,
        Optional<List<Integer>> characters,
        Optional<List<Double>> unconditional,
        OptionalInt gold,
        Optional<Map<String, Boolean>> correct,
        OptionalDouble margin,
        OptionalInt truncated) {

    static ScoredItem of(TokenizedItem item, List<Double> logs, List<Double> alone, int positions) {
        var scores = new ArrayList<ChoiceScore>();
        for (int c = 0; c < logs.size(); c++) {
            scores.add(
                    ChoiceScore.newBuilder()
                            .setLogLikelihood(logs.get(c))
                            .setTokens(item.choices().get(c).continuation().length)
                            .setCharacters(
                                    item.characters().isEmpty() ? 0 : item.characters().get(c))
                            .setUnconditional(alone.isEmpty() ? null : alone.get(c))
                            .build());
        }
        int dropped = item.dropped(positions);
        return new ScoredItem(
                item.id(),
                item.benchmark(),
                logs,
                scores.stream().map(ChoiceScore::getTokens).toList(),
                Optional.of(item.characters()).filter(list -> !list.isEmpty()),
                Optional.of(alone).filter(list -> !list.isEmpty()),
                item.gold(),
                item.gold().isPresent()
                        ? Optional.of(Grading.correct(scores, item.gold().getAsInt()))
                        : Optional.empty(),
                item.gold().isPresent() && scores.size() > 1
                        ? OptionalDouble.of(Grading.margin(scores, item.gold().getAsInt()))
                        : OptionalDouble.empty(),
                dropped > 0 ? OptionalInt.of(dropped) : OptionalInt.empty());
    }
}
