package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;

/** The published JSON Schema of specs. Thread-safe. */
public final class SpecSchema {
    static final SpecSchema PUBLISHED = new SpecSchema();

    private static final Map<String, String> TYPES =
            Map.of(
                    "integer", "a whole number",
                    "number", "a number",
                    "boolean", "true or false",
                    "string", "a text",
                    "array", "a list",
                    "object", "'field: value'");

    private static final int SHOWN = 60;

    private final String text;
    private final JsonNode tree;
    private final Schema schema;

    private SpecSchema() {
        try (var in = SpecSchema.class.getResourceAsStream("spec.schema.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            tree = new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(text, InputFormat.JSON);
    }

    /** The schema as published. */
    public static String published() {
        return PUBLISHED.text;
    }

    /**
     * @throws RefusedInput naming the first fault in the text's order
     */
    void check(LocatedYaml spec) {
        checkPart(spec, "");
    }

    /**
     * As {@link #check}, of one part alone.
     *
     * @param pointer the part
     */
    void checkPart(LocatedYaml spec, String pointer) {
        schema.validate(spec.tree().toString(), InputFormat.JSON).stream()
                .filter(error -> place(error).startsWith(pointer))
                .min(
                        Comparator.comparing(SpecSchema::isMissing)
                                .thenComparing(error -> spec.offset(place(error))))
                .ifPresent(
                        error -> {
                            throw new RefusedInput(
                                    "%s: %s"
                                            .formatted(
                                                    spec.place(place(error)),
                                                    sentence(spec, error)));
                        });
    }

    /**
     * What is missing is often there under a wrong name, and then that is the better thing to say.
     */
    private static boolean isMissing(Error error) {
        return error.getKeyword().equals("required");
    }

    private static String place(Error error) {
        var pointer = error.getInstanceLocation().toString();
        return error.getKeyword().equals("additionalProperties")
                ? pointer + "/" + error.getProperty()
                : pointer;
    }

    private String sentence(LocatedYaml spec, Error error) {
        var pointer = error.getInstanceLocation().toString();
        var field =
                pointer.isEmpty() ? "the spec" : "'" + pointer.substring(1).replace('/', '.') + "'";
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                    "'%s' is no field of %s: use one of %s"
                            .formatted(error.getProperty(), field, fields(pointer));
            case "required" -> "%s lacks '%s': add it".formatted(field, error.getProperty());
            case "type" ->
                    "%s is %s: %s is expected"
                            .formatted(field, said(spec, pointer), expected(error));
            case "enum" ->
                    "%s is %s: use one of %s"
                            .formatted(field, said(spec, pointer), error.getArguments()[0]);
            case "minimum" ->
                    "%s is %s: %s or more is expected"
                            .formatted(field, said(spec, pointer), error.getArguments()[0]);
            case "maximum" ->
                    "%s is %s: %s or less is expected"
                            .formatted(field, said(spec, pointer), error.getArguments()[0]);
            case "maxLength" ->
                    "%s is longer than %s characters: shorten it"
                            .formatted(field, error.getArguments()[0]);
            case "pattern" ->
                    "%s is %s: %s"
                            .formatted(
                                    field,
                                    said(spec, pointer),
                                    "other characters are expected, " + error.getArguments()[0]);
            default -> "%s %s".formatted(field, error.getMessage());
        };
    }

    /** What stands there, in a spec's words. */
    private static String said(LocatedYaml spec, String pointer) {
        var value = spec.tree().at(pointer);
        return switch (value.getNodeType()) {
            case OBJECT -> "made of fields";
            case ARRAY -> "a list";
            case STRING -> "the text '%s'".formatted(printable(value.asText()));
            default -> value.asText();
        };
    }

    /** Its beginning; what a terminal would obey is written as an escape. */
    private static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN)
                .forEach(
                        point -> {
                            if (Character.isISOControl(point)) {
                                shown.append("\\u%04X".formatted(point));
                            } else {
                                shown.appendCodePoint(point);
                            }
                        });
        return shown.toString();
    }

    private static String expected(Error error) {
        var type = error.getArguments()[1].toString();
        return TYPES.getOrDefault(type, type);
    }

    /** A field's or an element's own schema. */
    private JsonNode part(JsonNode schema, String name) {
        var list = schema.has("items") ? schema : schema.path("then");
        var part =
                list.has("items") && Character.isDigit(name.charAt(0))
                        ? list.path("items")
                        : resolved(schema).path("properties").path(name);
        return part.has("$ref") ? resolved(part) : part;
    }

    /** What a schema refers to, in the end. */
    private JsonNode resolved(JsonNode schema) {
        if (schema.has("else")) {
            return resolved(schema.path("else"));
        }
        return schema.has("$ref") ? tree.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private TreeSet<String> fields(String pointer) {
        var at = tree;
        for (var name : pointer.split("/", -1)) {
            at = name.isEmpty() ? at : part(at, name);
        }
        at = resolved(at);
        var names = new TreeSet<String>();
        for (Iterator<String> all = at.path("properties").fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }
}
