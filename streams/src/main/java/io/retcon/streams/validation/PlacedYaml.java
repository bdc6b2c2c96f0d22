package io.retcon.streams.validation;

import static java.util.Objects.requireNonNull;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML 1.2 text as a tree, and the place of everything in it.
 *
 * @param root the tree
 * @param values JSON pointer to the place of the value
 * @param fields JSON pointer to the place of the field's name
 */
record PlacedYaml(JsonNode root, Map<String, Place> values, Map<String, Place> fields) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    PlacedYaml {
        requireNonNull(root, "root is null");
        values = Map.copyOf(values);
        fields = Map.copyOf(fields);
    }

    /** Refuses what is not one YAML document of maps with text keys, lists and scalars. */
    static PlacedYaml read(String yaml) {
        var reading = new Reading(new HashMap<>(), new HashMap<>());
        var root = reading.value("", compose(yaml));
        return new PlacedYaml(root, reading.values, reading.fields);
    }

    /** The place of a value, or of the nearest thing around it. */
    Place value(String pointer) {
        var place = values.get(pointer);
        return place == null ? value(parent(pointer)) : place;
    }

    /** The place of a field's name. */
    Place field(String pointer) {
        var place = fields.get(pointer);
        return place == null ? value(pointer) : place;
    }

    static String child(String pointer, String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static Node compose(String yaml) {
        try {
            return new Compose(LoadSettings.builder().setLabel("spec").build())
                    .composeString(yaml)
                    .orElseThrow(
                            () ->
                                    Place.START.refuse(
                                            "the spec is empty: it needs at least a name and a"
                                                + " run"));
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark().or(e::getContextMark).map(Place::of);
            throw place.orElse(Place.START)
                    .refuse("%s", "this is no YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw Place.START.refuse("%s", "this is no YAML: " + oneLine(e.getMessage()));
        }
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private record Reading(Map<String, Place> values, Map<String, Place> fields) {
        JsonNode value(String pointer, Node node) {
            var place = Place.of(node);
            if (node.isRecursive()) {
                throw place.refuse("this contains itself: write it out without the alias");
            }
            values.put(pointer, place);
            return switch (node) {
                case MappingNode map -> map(pointer, map);
                case SequenceNode list -> list(pointer, list);
                case ScalarNode scalar -> scalar(scalar);
                default -> throw place.refuse("this is neither a map, a list nor a scalar");
            };
        }

        private JsonNode map(String pointer, MappingNode map) {
            var object = JSON.objectNode();
            for (var entry : map.getValue()) {
                var place = Place.of(entry.getKeyNode());
                if (!(entry.getKeyNode() instanceof ScalarNode name)) {
                    throw place.refuse("a field's name must be text");
                }
                if (object.has(name.getValue())) {
                    throw place.refuse(
                            "'%s' stands here for the second time: leave one of them out",
                            name.getValue());
                }
                var child = child(pointer, name.getValue());
                fields.put(child, place);
                object.set(name.getValue(), value(child, entry.getValueNode()));
            }
            return object;
        }

        private JsonNode list(String pointer, SequenceNode list) {
            var array = JSON.arrayNode();
            for (var element : list.getValue()) {
                array.add(value(pointer + "/" + array.size(), element));
            }
            return array;
        }

        private static JsonNode scalar(ScalarNode scalar) {
            var text = scalar.getValue();
            var tag = scalar.getTag();
            try {
                if (tag.equals(Tag.STR)) {
                    return JSON.stringNode(text);
                } else if (tag.equals(Tag.INT)) {
                    return JSON.numberNode(new BigInteger(text));
                } else if (tag.equals(Tag.FLOAT)) {
                    return JSON.numberNode(new BigDecimal(text));
                } else if (tag.equals(Tag.BOOL)) {
                    return JSON.booleanNode(Boolean.parseBoolean(text));
                } else if (tag.equals(Tag.NULL)) {
                    return JSON.nullNode();
                }
            } catch (NumberFormatException e) {
                throw Place.of(scalar).refuse("'%s' is no number a spec can hold", text);
            }
            throw Place.of(scalar).refuse("the tag %s means nothing here: leave it out", tag);
        }
    }
}
