package io.retcon.schemas.item;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a line says of an item's right choice beside the index that is read: under the names that
 * benchmarks use, as an index, as a letter or as the choice's own text. All must say the same.
 */
final class GoldLabels {
    static final List<String> NAMES =
            List.of(
                    "label",
                    "gold_index",
                    "gold_label",
                    "answer",
                    "answer_index",
                    "answer_key",
                    "answerKey");

    private GoldLabels() {}

    /**
     * @param item names it in the refusal
     * @throws RefusedInput if a label names another choice than {@code gold}
     */
    static void check(JsonNode line, String item, List<String> choices, int gold) {
        for (var name : NAMES) {
            var label = index(line.path(name), choices, gold);
            if (label.isPresent() && label.getAsInt() != gold) {
                throw new RefusedInput(
                        "item '%s' has gold %d, but its '%s' is %s: keep what is right"
                                .formatted(item, gold, name, line.path(name)));
            }
        }
    }

    /**
     * The choice that a label names, {@code gold} where several have its text; empty if it may mean
     * something else.
     */
    private static OptionalInt index(JsonNode label, List<String> choices, int gold) {
        if (label.isInt()) {
            return OptionalInt.of(label.intValue());
        }
        if (!label.isTextual()) {
            return OptionalInt.empty();
        }
        if (choices.get(gold).equals(label.textValue())) {
            return OptionalInt.of(gold);
        }
        int choice = choices.indexOf(label.textValue());
        if (choice >= 0) {
            return OptionalInt.of(choice);
        }
        var text = label.textValue();
        return text.length() == 1 && text.charAt(0) >= 'A' && text.charAt(0) < 'A' + choices.size()
                ? OptionalInt.of(text.charAt(0) - 'A')
                : OptionalInt.empty();
    }
}
