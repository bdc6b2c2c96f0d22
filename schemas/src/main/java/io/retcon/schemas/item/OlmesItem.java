package io.retcon.schemas.item;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.List;

/**
 * The requests about one question, by choice.
 *
 * @param alone the same choices without their question; empty where the file does not ask for it
 */
public record OlmesItem(
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
     * What is asked as a plain item: a query and, after a blank, a choice.
     *
     * @throws RefusedInput if the choices differ in their context, or do not begin with a blank
     */
    public Item plain() {
        var query = afterQuestion.getFirst().context();
        for (var request : afterQuestion) {
            if (!request.context().equals(query) || !request.continuation().startsWith(BLANK)) {
                throw new RefusedInput(
                        "item '%s' of %s is no query with choices after a blank: it can be scored but not imported"
                                .formatted(id, task));
            }
        }
        return Item.newBuilder()
                .setBenchmark(task)
                .setId(id)
                .setQuery(query)
                .setChoices(afterQuestion.stream().map(r -> r.continuation().substring(1)).toList())
                .setGold(gold)
                .build();
    }
}
