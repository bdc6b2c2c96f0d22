package io.retcon.retrainer.evaluation;

import io.retcon.retrainer.model.Prompt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The choices of a question as a tree of tokens, so that a beginning that they share is computed
 * once and their last tokens not at all: the row before a token gives its probability.
 */
final class ChoiceTree {
    private final Prompt prompt;
    private final List<List<Integer>> answersOfChoice;

    private record Edge(int after, int token) {}

    private ChoiceTree(Prompt prompt, List<List<Integer>> answersOfChoice) {
        this.prompt = prompt;
        this.answersOfChoice = answersOfChoice;
    }

    static ChoiceTree of(int[] context, List<int[]> choices) {
        var branches = new HashMap<Edge, Integer>();
        var tokens = new ArrayList<Integer>();
        var parents = new ArrayList<Integer>();
        var asksOfChoice = new ArrayList<List<Prompt.Ask>>();
        for (var choice : choices) {
            var asks = new ArrayList<Prompt.Ask>();
            int after = -1;
            for (int i = 0; i < choice.length; i++) {
                asks.add(new Prompt.Ask(after, choice[i]));
                if (i < choice.length - 1) {
                    var edge = new Edge(after, choice[i]);
                    var known = branches.putIfAbsent(edge, tokens.size());
                    if (known == null) {
                        tokens.add(choice[i]);
                        parents.add(after);
                    }
                    after = branches.get(edge);
                }
            }
            asksOfChoice.add(asks);
        }
        return number(context, tokens, parents, asksOfChoice);
    }

    /** Asks what several choices share once, in the order of the rows. */
    private static ChoiceTree number(
            int[] context,
            List<Integer> tokens,
            List<Integer> parents,
            List<List<Prompt.Ask>> asksOfChoice) {
        var asked =
                asksOfChoice.stream()
                        .flatMap(List::stream)
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(Prompt.Ask::after)
                                        .thenComparingInt(Prompt.Ask::token))
                        .toList();
        Map<Prompt.Ask, Integer> numbers = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            numbers.put(asked.get(i), i);
        }
        var answers =
                asksOfChoice.stream()
                        .map(asks -> asks.stream().map(numbers::get).toList())
                        .toList();
        return new ChoiceTree(new Prompt(context, tokens, parents, asked), answers);
    }

    Prompt prompt() {
        return prompt;
    }

    /** The log-likelihood of each choice, from the prompt's answers. */
    double[] logLikelihoods(double[] answers) {
        var sums = new double[answersOfChoice.size()];
        for (int i = 0; i < sums.length; i++) {
            for (int answer : answersOfChoice.get(i)) {
                sums[i] += answers[answer];
            }
        }
        return sums;
    }
}
