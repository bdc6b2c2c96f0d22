package io.retcon.schemas.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The fields of JSON objects that a reader reads. All others are passed over without being held,
 * whatever their length, their depth up to {@link #DEEPEST} or their numbers' digits: what nobody
 * reads stops no reading.
 *
 * @param names those that are kept
 */
public record KeptFields(Set<String> names) {
    /** Nesting, which takes a few dozen bytes a level. */
    static final int DEEPEST = 100_000;

    /** Nesting of what is kept; nothing that is read lies deeper. */
    private static final int DEEPEST_KEPT = 64;

    private static final int MOST_DIGITS = 1000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    // Python writes NaN and Infinity.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    public KeptFields {
        names = Set.copyOf(names);
    }

    /**
     * Those of the one object in {@code line}.
     *
     * @throws RefusedInput saying what is no JSON, or that a kept field is there twice
     */
    public ObjectNode of(byte[] line) {
        try (var parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedInput("not a JSON object: give one {…}, on a line of its own");
            }
            var object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                if (!names.contains(name)) {
                    parser.skipChildren();
                } else if (object.has(name)) {
                    throw new RefusedInput("'%s' is there twice: leave one out".formatted(name));
                } else {
                    object.set(name, value(parser, 0));
                }
            }
            if (parser.nextToken() != null) {
                throw new RefusedInput(
                        "not JSON: more follows its object: give each object a line of its own");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw new RefusedInput(
                    "nests deeper than %,d levels: leave that field out".formatted(DEEPEST), e);
        } catch (JsonEOFException e) {
            throw new RefusedInput(
                    "not JSON: it ends before its object does: give each object one whole line", e);
        } catch (JacksonException e) {
            throw notJson(line, e);
        } catch (IOException e) {
            throw new RefusedInput("not JSON: write it with a JSON library", e);
        }
    }

    private static RefusedInput notJson(byte[] line, JacksonException cause) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
        } catch (CharacterCodingException e) {
            return new RefusedInput("not JSON: it is not UTF-8 text: save the file as UTF-8", e);
        }
        long at = cause.getLocation() == null ? -1 : cause.getLocation().getByteOffset();
        return new RefusedInput(
                "not JSON%s: write it with a JSON library"
                        .formatted(at < 0 ? "" : " at byte %,d".formatted(at + 1)),
                cause);
    }

    /** The value at which the parser stands; deeper parts than any that is read become null. */
    private static JsonNode value(JsonParser parser, int depth) throws IOException {
        var nodes = JsonNodeFactory.instance;
        if (depth == DEEPEST_KEPT && parser.currentToken().isStructStart()) {
            parser.skipChildren();
            return nodes.nullNode();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = nodes.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser, depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = nodes.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, depth + 1));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }

    private static JsonNode wholeNumber(JsonParser parser) throws IOException {
        var nodes = JsonNodeFactory.instance;
        if (parser.getTextLength() > MOST_DIGITS) {
            throw new RefusedInput(
                    "'%s' has a number of %,d digits: give a smaller one"
                            .formatted(parser.currentName(), parser.getTextLength()));
        }
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(new BigInteger(parser.getText()));
        };
    }
}
