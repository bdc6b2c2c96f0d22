package io.retcon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one JSON object, each refused by name when it is missing or of another kind. */
public record Fields(JsonNode object) {
    private static final int MOST_SHOWN = 60;

    public String text(String name) {
        return optionalText(name)
                .orElseThrow(
                        () -> new RefusedInput("'%s' is missing: give it as text".formatted(name)));
    }

    public Optional<String> optionalText(String name) {
        var value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new RefusedInput("'%s' is %s: give it as text".formatted(name, shown(value)));
        }
        return Optional.of(value.textValue());
    }

    public int wholeNumber(String name) {
        var value = object.path(name);
        if (!value.isInt()) {
            throw new RefusedInput(
                    "'%s' is %s: give it as a whole number"
                            .formatted(name, value.isMissingNode() ? "missing" : shown(value)));
        }
        return value.intValue();
    }

    /**
     * An identifier: text that is not empty and is the same after it was written and read again.
     */
    public String name(String field) {
        var name = text(field);
        if (name.isEmpty()) {
            throw new RefusedInput("'%s' is empty: give each its own".formatted(field));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new RefusedInput(
                    "'%s' has half of a surrogate pair, which no file can hold: give whole characters"
                            .formatted(field));
        }
        return name;
    }

    public List<String> texts(String name) {
        var value = object.path(name);
        if (!value.isArray()) {
            throw new RefusedInput(
                    "'%s' is no array: give it as an array of texts".formatted(name));
        }
        var texts = new ArrayList<String>(value.size());
        for (var element : value) {
            if (!element.isTextual()) {
                throw new RefusedInput(
                        "'%s' holds %s: give only texts".formatted(name, shown(element)));
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** Enough of a value to find it by. */
    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + '…';
    }
}
