package io.retcon.schemas.item;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.List;

/**
 * The requests about one question, by choice.
 *
 * @param place of the first of them: file and line
 * @param alone the same choices without their question; empty where the file does not ask for it
 */
public record OlmesItem(
        String place,
        String task,
        String id,
        List<OlmesRequest> afterQuestion,
        List<OlmesRequest> alone,
        int gold) {
    private static final String BLANK = " ";

    public OlmesItem {
        afterQuestion = List.copyOf(afterQuestion);
        alone = List.copyOf(alone);
        if (gold >= afterQuestion.size()) {
            throw new RefusedInput(
                    "item '%s' of %s has label %d but %d choices"
                            .formatted(id, task, gold, afterQuestion.size()));
        }
    }

    /**
     * What is asked as a plain item: a query, or what stands in its place, and after a blank a
     * choice.
     *
     * @throws RefusedInput if the choices differ in their context, do not begin with a blank, or
     *     are others without their question
     */
    public Item plain() {
        for (var request : afterQuestion) {
            if (!request.context().equals(query()) || !request.continuation().startsWith(BLANK)) {
                throw new RefusedInput(
                        "item '%s' of %s is no query with choices after a blank: it can be scored but not imported"
                                .formatted(id, task));
            }
        }
        for (var request : alone) {
            var asked = afterQuestion.get(request.choice());
            if (!request.context().equals(alone.getFirst().context())
                    || !request.continuation().equals(asked.continuation())) {
                throw new RefusedInput(
                        "item '%s' of %s asks for other choices without its question than after it: it can be scored but not imported"
                                .formatted(id, task));
            }
        }
        return Item.newBuilder()
                .setBenchmark(task)
                .setId(id)
                .setQuery(query())
                .setChoices(afterQuestion.stream().map(r -> r.continuation().substring(1)).toList())
                .setGold(gold)
                .setUnconditional(alone.isEmpty() ? null : alone.getFirst().context())
                .build();
    }

    /** Why it can't be taken, with its place and name. */
    public RefusedInput refused(RefusedInput why) {
        var name = "item '%s' of %s".formatted(id, task);
        return new RefusedInput(
                why.getMessage().contains(name)
                        ? "%s: %s".formatted(place, why.getMessage())
                        : "%s: %s: %s".formatted(place, name, why.getMessage()),
                why);
    }

    private String query() {
        return afterQuestion.getFirst().context();
    }
}
