package io.retcon.schemas.item;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Items as JSONL: {@code benchmark, id, query, choices, gold}, optional {@code subject, object}.
 */
public final class ItemFile {
    private final Path file;

    public ItemFile(Path file) {
        this.file = file;
    }

    public void read(Consumer<Item> sink, Consumer<RefusedInput> refused) {
        new JsonLines(file).read(ItemFile::item, sink, refused);
    }

    private static Item item(JsonNode node) {
        var fields = new Fields(node);
        var id = fields.text("id");
        var choices = fields.texts("choices");
        int gold = fields.wholeNumber("gold");
        if (choices.size() < 2) {
            throw new RefusedInput(
                    "item '%s' has %d choices: give two or more".formatted(id, choices.size()));
        }
        if (gold < 0 || gold >= choices.size()) {
            throw new RefusedInput(
                    "item '%s' has gold %d but %d choices: give the index of the right one, 0 to %d"
                            .formatted(id, gold, choices.size(), choices.size() - 1));
        }
        return Item.newBuilder()
                .setBenchmark(fields.text("benchmark"))
                .setId(id)
                .setQuery(fields.text("query"))
                .setChoices(choices)
                .setGold(gold)
                .setSubject(fields.optionalText("subject").orElse(null))
                .setObject(fields.optionalText("object").orElse(null))
                .build();
    }
}
