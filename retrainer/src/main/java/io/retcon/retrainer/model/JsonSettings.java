package io.retcon.retrainer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A JSON object whose keys are read one by one; what is missing or wrong is refused by name. */
public final class JsonSettings {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode object;
    private final String place;

    private JsonSettings(JsonNode object, String place) {
        this.object = object;
        this.place = place;
    }

    public static JsonSettings parse(String json, String place) {
        try {
            var node = MAPPER.readTree(json);
            if (!node.isObject()) {
                throw new RefusedInput("%s: a JSON object is expected".formatted(place));
            }
            return new JsonSettings(node, place);
        } catch (StreamConstraintsException e) {
            throw new RefusedInput(
                    "%s: nests deeper, or has longer names or numbers, than any settings do: give the file that the trainer reads"
                            .formatted(place),
                    e);
        } catch (JsonProcessingException e) {
            throw new RefusedInput(
                    "%s: not JSON at line %d: %s".formatted(place, line(e), e.getOriginalMessage()),
                    e);
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /** The file, for messages. */
    public String place() {
        return place;
    }

    /** What stands at a key; a missing node where nothing does. */
    JsonNode value(String key) {
        return object.path(key);
    }

    /** Its keys, as the file has them. */
    public List<String> keys() {
        var keys = new ArrayList<String>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /**
     * Refuses a key that is none of {@code known}, and one without a value that must have one.
     *
     * @param nullable keys for which null is as good as absence
     */
    public void refuseOthers(Set<String> known, Set<String> nullable) {
        for (var key : keys()) {
            if (!known.contains(key)) {
                throw new RefusedInput(
                        "%s: '%s' is no key that is known here%s"
                                .formatted(place, key, new KnownWords(known).mend(key)));
            }
            if (!has(key) && !nullable.contains(key)) {
                throw new RefusedInput(
                        "%s: '%s' is null: give it a value or leave it out".formatted(place, key));
            }
        }
    }

    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    public String text(String key) {
        return require(key, "a text", require(key), require(key).isTextual()).asText();
    }

    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    public int positive(String key) {
        var value = require(key);
        require(key, "a positive whole number", value, value.canConvertToInt());
        require(key, "a positive whole number", value, value.isInt() && value.asInt() > 0);
        return value.asInt();
    }

    public int positive(String key, int otherwise) {
        return has(key) ? positive(key) : otherwise;
    }

    /** A whole number of 0 or more. */
    public long count(String key, long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        var value = require(key);
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        return require(key, "a whole number from 0 on", value, whole && value.asLong() >= 0)
                .asLong();
    }

    /** A whole number of 0 or more, or the first of several. */
    public OptionalInt firstCount(String key) {
        if (!has(key)) {
            return OptionalInt.empty();
        }
        var value = require(key);
        var first = value.isArray() && !value.isEmpty() ? value.get(0) : value;
        require(key, "a whole number from 0 on", value, first.isInt() && first.asInt() >= 0);
        return OptionalInt.of(first.asInt());
    }

    /** A finite number of 0 or more. */
    public double number(String key) {
        var value = require(key);
        boolean finite = value.isNumber() && Double.isFinite(value.asDouble());
        return require(key, "a number from 0 on", value, finite && value.asDouble() >= 0)
                .asDouble();
    }

    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** A finite number above 0. */
    public double aboveZero(String key, double otherwise) {
        double number = number(key, otherwise);
        require(key, "a number above 0", object.path(key), number > 0);
        return number;
    }

    /** A number from 0 to 1. */
    public double share(String key, double otherwise) {
        double number = number(key, otherwise);
        require(key, "a number from 0 to 1", object.path(key), number <= 1);
        return number;
    }

    /** True or false; {@code otherwise} where it is not said. */
    public boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        var value = require(key);
        return require(key, "true or false", value, value.isBoolean()).asBoolean();
    }

    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        if (has(key)) {
            var value = require(key);
            require(key, "a list of texts", value, value.isArray());
            value.forEach(
                    v -> texts.add(require(key, "a list of texts", v, v.isTextual()).asText()));
        }
        return texts;
    }

    public List<Double> numbers(String key, List<Double> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        var value = require(key);
        require(key, "a list of numbers", value, value.isArray());
        var numbers = new ArrayList<Double>();
        value.forEach(
                v -> numbers.add(require(key, "a list of numbers", v, v.isNumber()).asDouble()));
        return numbers;
    }

    /** A nested object; empty where it is not there. */
    public JsonSettings object(String key) {
        if (!has(key)) {
            return new JsonSettings(MAPPER.createObjectNode(), place);
        }
        var value = require(key);
        return new JsonSettings(
                require(key, "an object", value, value.isObject()),
                "%s, '%s'".formatted(place, key));
    }

    /** Refuses any value but those that are supported, which all mean the first. */
    public void only(String key, String supported, String... synonyms) {
        var value = text(key, supported);
        if (!value.equals(supported) && !List.of(synonyms).contains(value)) {
            throw new RefusedInput(
                    "%s: %s '%s' is not supported: only '%s' is"
                            .formatted(place, key, value, supported));
        }
    }

    private JsonNode require(String key) {
        if (!has(key)) {
            throw new RefusedInput("%s: '%s' is missing".formatted(place, key));
        }
        return object.get(key);
    }

    private JsonNode require(String key, String expected, JsonNode value, boolean holds) {
        if (!holds) {
            throw new RefusedInput(
                    "%s: '%s' is %s: %s is expected".formatted(place, key, value, expected));
        }
        return value;
    }
}
