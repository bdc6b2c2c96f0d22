package io.retcon.schemas.item;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Items as JSONL: {@code benchmark, id, query, choices, gold}, optional {@code subject, object,
 * relation}; or OLMES requests, which are gathered into items and given after all lines were read.
 */
public final class ItemFile {
    private final Path file;

    public ItemFile(Path file) {
        this.file = file;
    }

    public void read(Consumer<Item> sink, Consumer<RefusedInput> refused) {
        var requests = new OlmesRequests();
        new JsonLines(file)
                .read(
                        line -> {
                            if (OlmesRequest.isOne(line)) {
                                requests.add(OlmesRequest.parse(line));
                                return Optional.<Item>empty();
                            }
                            return Optional.of(item(line));
                        },
                        item -> item.ifPresent(sink),
                        refused);
        for (var item : requests.items(inFile(refused))) {
            plain(item, inFile(refused)).ifPresent(sink);
        }
    }

    private static Optional<Item> plain(OlmesItem item, Consumer<RefusedInput> refused) {
        try {
            return Optional.of(item.plain());
        } catch (RefusedInput e) {
            refused.accept(e);
            return Optional.empty();
        }
    }

    private Consumer<RefusedInput> inFile(Consumer<RefusedInput> refused) {
        return e -> refused.accept(new RefusedInput("%s: %s".formatted(file, e.getMessage()), e));
    }

    /** The item in one line. */
    public static Item item(JsonNode node) {
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
        GoldLabels.check(node, id, choices, gold);
        return Item.newBuilder()
                .setBenchmark(fields.text("benchmark"))
                .setId(id)
                .setQuery(fields.text("query"))
                .setChoices(choices)
                .setGold(gold)
                .setSubject(fields.optionalText("subject").orElse(null))
                .setObject(fields.optionalText("object").orElse(null))
                .setRelation(fields.optionalText("relation").orElse(null))
                .build();
    }
}
