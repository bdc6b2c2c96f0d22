package io.retcon.schemas.item;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Items as JSON lines: {@code benchmark, id, query, choices, gold}, optional {@code subject,
 * object, relation}; or OLMES requests, which are gathered into items and given after all lines
 * were read.
 */
public final class ItemFile {
    /** What is read of a line. */
    public static final Set<String> FIELDS =
            Stream.concat(
                            Stream.of(
                                    "benchmark",
                                    "id",
                                    "query",
                                    "choices",
                                    "gold",
                                    "subject",
                                    "object",
                                    "relation"),
                            OlmesRequest.FIELDS.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private final Path file;
    private final KnownItems known;

    public ItemFile(Path file) {
        this(file, new KnownItems());
    }

    /**
     * @param known the items of other files, which this one's must differ from
     */
    public ItemFile(Path file, KnownItems known) {
        this.file = requireNonNull(file, "file is null");
        this.known = requireNonNull(known, "known is null");
    }

    public void read(Consumer<Item> sink, Consumer<RefusedInput> refused) {
        var requests = new OlmesRequests(file);
        new JsonLines(file, FIELDS)
                .read(
                        line -> {
                            if (OlmesRequest.isOne(line.object())) {
                                requests.add(OlmesRequest.parse(line.object()), line.number());
                                return Optional.<Item>empty();
                            }
                            var item = item(line.object());
                            known.add(item.getBenchmark(), item.getId(), line.place());
                            return Optional.of(item);
                        },
                        item -> item.ifPresent(sink),
                        refused);
        for (var item : requests.items(refused)) {
            plain(item, refused).ifPresent(sink);
        }
    }

    private Optional<Item> plain(OlmesItem item, Consumer<RefusedInput> refused) {
        try {
            known.add(item.task(), item.id(), item.place());
            return Optional.of(item.plain());
        } catch (RefusedInput e) {
            refused.accept(item.refused(e));
            return Optional.empty();
        }
    }

    /** The item in one line. */
    public static Item item(JsonNode node) {
        var fields = new Fields(node);
        var id = fields.name("id");
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
                .setBenchmark(fields.name("benchmark"))
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
