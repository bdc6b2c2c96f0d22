package io.retcon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one JSON object, each refused by name when it is missing or of another kind. */
public record Fields(JsonNode object) {
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
            throw new RefusedInput("'%s' is %s: give it as text".formatted(name, value));
        }
        return Optional.of(value.textValue());
    }

    public int wholeNumber(String name) {
        var value = object.path(name);
        if (!value.isInt()) {
            throw new RefusedInput(
                    "'%s' is %s: give it as a whole number"
                            .formatted(name, value.isMissingNode() ? "missing" : value));
        }
        return value.intValue();
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
                throw new RefusedInput("'%s' holds %s: give only texts".formatted(name, element));
            }
            texts.add(element.textValue());
        }
        return texts;
    }
}
