package io.retcon.retrainer.scoring;

import io.retcon.retrainer.evaluation.Question;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions that items ask: choices with the same context become one question, so that the
 * context is computed once, and what is asked alike is asked once. Not thread-safe.
 */
final class QuestionPool {
    /** Choices alone are many with one context: a question of all of them would not fit. */
    private static final int LARGEST_TOKENS = 1024;

    private final List<Growing> questions = new ArrayList<>();
    private final Map<List<IntBuffer>, Answer> alone = new HashMap<>();
    private final Map<IntBuffer, Growing> open = new HashMap<>();

    /**
     * Where the log-likelihood of a choice will be: of which question, and which of its choices.
     */
    record Answer(int question, int choice) {
        double of(List<double[]> logs) {
            return logs.get(question)[choice];
        }
    }

    /** A question that still takes choices. */
    private static final class Growing {
        private final int number;
        private final int[] context;
        private final List<int[]> choices = new ArrayList<>();
        private int tokens;

        Growing(int number, int[] context) {
            this.number = number;
            this.context = context;
        }

        Answer add(int[] choice) {
            choices.add(choice);
            tokens += choice.length;
            return new Answer(number, choices.size() - 1);
        }
    }

    /** The choices of one item, its own contexts shared between them. */
    List<Answer> ask(List<TokenizedItem.Pair> pairs) {
        var byContext = new HashMap<IntBuffer, Growing>();
        return pairs.stream()
                .map(
                        pair ->
                                byContext
                                        .computeIfAbsent(
                                                IntBuffer.wrap(pair.context()),
                                                c -> begin(pair.context()))
                                        .add(pair.continuation()))
                .toList();
    }

    /** Choices without their question, shared between items. */
    List<Answer> askAlone(List<TokenizedItem.Pair> pairs) {
        return pairs.stream()
                .map(
                        pair ->
                                alone.computeIfAbsent(
                                        List.of(
                                                IntBuffer.wrap(pair.context()),
                                                IntBuffer.wrap(pair.continuation())),
                                        key -> openFor(pair).add(pair.continuation())))
                .toList();
    }

    private Growing openFor(TokenizedItem.Pair pair) {
        var context = IntBuffer.wrap(pair.context());
        var current = open.get(context);
        if (current == null || current.tokens + pair.continuation().length > LARGEST_TOKENS) {
            current = begin(pair.context());
            open.put(context, current);
        }
        return current;
    }

    private Growing begin(int[] context) {
        var question = new Growing(questions.size(), context);
        questions.add(question);
        return question;
    }

    List<Question> questions() {
        return questions.stream().map(q -> new Question(q.context, q.choices)).toList();
    }
}
