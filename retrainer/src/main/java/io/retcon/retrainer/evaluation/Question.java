package io.retcon.retrainer.evaluation;

import io.retcon.schemas.RefusedInput;

import java.util.List;

/**
 * Choices that may follow a context, as token ids.
 *
 * @param context at least one token
 * @param choices each at least one token
 */
public record Question(int[] context, List<int[]> choices) {
    public Question {
        choices = List.copyOf(choices);
        if (context.length == 0) {
            throw new RefusedInput("a question has an empty context: start it with EOS");
        }
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).length == 0) {
                throw new RefusedInput("choice %d of a question has no tokens".formatted(i));
            }
        }
    }

    /** Most context tokens that a choice loses in a model with so many positions. */
    int dropped(int positions) {
        int longest = choices.stream().mapToInt(choice -> choice.length).max().orElse(1);
        return Math.max(0, context.length + longest - 1 - positions);
    }
}
