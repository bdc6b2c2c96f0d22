package io.retcon.retrainer.scoring;

import io.retcon.retrainer.evaluation.Question;
import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An item as token ids.
 *
 * @param benchmark where it is known
 * @param choices each with its context, by the item's order
 * @param alone the choices without their question, in the same order; empty where not asked for
 * @param characters length of each choice in Unicode code points; empty where there is no text
 * @param gold index of the right choice, where it is known
 */
public record TokenizedItem(
        Optional<String> benchmark,
        String id,
        List<Pair> choices,
        List<Pair> alone,
        List<Integer> characters,
        OptionalInt gold) {

    /** A choice and what stands before it. */
    public record Pair(int[] context, int[] continuation) {
        /** Context tokens that a model with so many positions must leave out. */
        int dropped(int positions) {
            return Math.max(0, context.length + continuation.length - 1 - positions);
        }
    }

    public TokenizedItem {
        choices = List.copyOf(choices);
        alone = List.copyOf(alone);
        characters = List.copyOf(characters);
        if (choices.isEmpty()) {
            throw new RefusedInput("item '%s' has no choices".formatted(id));
        }
        if (gold.isPresent() && (gold.getAsInt() < 0 || gold.getAsInt() >= choices.size())) {
            throw new RefusedInput(
                    "item '%s' has gold %d but %d choices: give the index of the right one"
                            .formatted(id, gold.getAsInt(), choices.size()));
        }
    }

    static List<Pair> pairs(Question question) {
        return question.choices().stream().map(c -> new Pair(question.context(), c)).toList();
    }

    Stream<Pair> asked() {
        return Stream.concat(choices.stream(), alone.stream());
    }

    /** Most context tokens that any choice loses in a model with so many positions. */
    int dropped(int positions) {
        return asked().mapToInt(pair -> pair.dropped(positions)).max().orElse(0);
    }

    /**
     * @throws RefusedInput if a model with this vocabulary and so many positions cannot score it
     */
    void check(int vocabulary, int positions) {
        asked().forEach(
                        pair -> {
                            check(pair.context(), vocabulary);
                            check(pair.continuation(), vocabulary);
                            if (pair.continuation().length > positions) {
                                throw new RefusedInput(
                                        "item '%s' has a choice of %d tokens, more than the model's %d positions"
                                                .formatted(
                                                        id, pair.continuation().length, positions));
                            }
                        });
    }

    private void check(int[] tokens, int vocabulary) {
        if (tokens.length == 0) {
            throw new RefusedInput(
                    "item '%s' has an empty context or choice: give at least one token"
                            .formatted(id));
        }
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw new RefusedInput(
                        "item '%s': token %d is not in the model's vocabulary of %d"
                                .formatted(id, token, vocabulary));
            }
        }
    }
}
