package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.YamlWords;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A YAML text as a tree, and the line and column of each of its parts by JSON pointer. */
final class LocatedYaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What YAML 1.1 and 1.2's core schema take for true, false and null beside JSON's words. */
    private static final Set<String> BOOLEANS = Set.of("True", "TRUE", "False", "FALSE");

    /** What a whole number stays below: the schema takes 1e99 for one. */
    private static final double LARGEST = 0x1p63;

    private static final Set<String> NULLS = Set.of("Null", "NULL", "~");

    private final Map<String, Mark> marks;
    private final JsonNode tree;

    private LocatedYaml(Node root) {
        marks = new HashMap<>();
        tree = convert(root, "");
    }

    private LocatedYaml(JsonNode tree, Map<String, Mark> marks) {
        this.tree = tree;
        this.marks = marks;
    }

    /** Another tree whose parts are looked for in this text; what is not there is near by. */
    LocatedYaml with(JsonNode other) {
        return new LocatedYaml(other, marks);
    }

    /**
     * Another tree, in which a part stands that is elsewhere in this text.
     *
     * @param pointer the part in {@code other}, as {@code /match}
     * @param here the same in this text, as {@code /match/1}
     */
    LocatedYaml with(JsonNode other, String pointer, String here) {
        var moved = new HashMap<String, Mark>();
        marks.forEach(
                (at, mark) -> {
                    if (at.equals(here) || at.startsWith(here + "/")) {
                        moved.put(pointer + at.substring(here.length()), mark);
                    } else if (!at.equals(pointer) && !at.startsWith(pointer + "/")) {
                        moved.put(at, mark);
                    }
                });
        return new LocatedYaml(other, moved);
    }

    /**
     * @throws RefusedInput with line and column where the text is no YAML
     */
    static LocatedYaml parse(String text) {
        requireShort(text);
        requireWholeCharacters(text);
        var settings =
                LoadSettings.builder()
                        .setLabel("spec")
                        .setUseMarks(true)
                        .setCodePointLimit(YamlBounds.CHARACTERS)
                        // At once: read in portions it fails at a character that two of them share.
                        .setBufferSize(text.length() + 2)
                        .build();
        try {
            YamlBounds.check(new Parse(settings).parseString(text));
            var spec = new Compose(settings).composeString(text).map(LocatedYaml::new);
            return spec.filter(some -> !some.tree().isNull())
                    .orElseThrow(() -> new RefusedInput("the spec is empty: write its fields"));
        } catch (MarkedYamlEngineException e) {
            throw new RefusedInput(
                    "%s: %s"
                            .formatted(
                                    e.getProblemMark().map(LocatedYaml::place).orElse("somewhere"),
                                    YamlWords.of(e.getProblem())),
                    e);
        } catch (YamlEngineException e) {
            throw new RefusedInput("the spec is not YAML: " + e.getMessage(), e);
        }
    }

    private static void requireShort(String text) {
        if (text.length() > YamlBounds.CHARACTERS) {
            throw new RefusedInput(
                    "%s: the spec goes on for %,d characters and at most %,d are read: name files in it"
                            .formatted(
                                    place(text, YamlBounds.CHARACTERS),
                                    text.length(),
                                    YamlBounds.CHARACTERS));
        }
    }

    private static void requireWholeCharacters(String text) {
        half(text)
                .ifPresent(
                        at -> {
                            throw new RefusedInput(
                                    "%s: half a character (U+%X) stands there: write the whole one"
                                            .formatted(place(text, at), text.codePointAt(at)));
                        });
    }

    /** An escape, too, can write half a character. */
    private void requireWhole(String value, String pointer) {
        half(value)
                .ifPresent(
                        at -> {
                            throw new RefusedInput(
                                    "%s: half a character (U+%X) is written there: write the whole one"
                                            .formatted(place(pointer), value.codePointAt(at)));
                        });
    }

    /** Where the first half of a character stands that lacks the other. */
    private static OptionalInt half(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The place of the character after {@code characters} of the text. */
    private static String place(String text, int characters) {
        var before = text.substring(0, characters);
        return "line %d, column %d"
                .formatted(
                        before.chars().filter(c -> c == '\n').count() + 1,
                        characters - before.lastIndexOf('\n'));
    }

    JsonNode tree() {
        return tree;
    }

    /** Where the part stands, or the nearest part around it: 'line 3, column 5'. */
    String place(String pointer) {
        return place(nearest(pointer));
    }

    /** Orders pointers as their parts stand in the text. */
    int offset(String pointer) {
        return nearest(pointer).getIndex();
    }

    private Mark nearest(String pointer) {
        var at = pointer;
        while (!marks.containsKey(at)) {
            at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        }
        return marks.get(at);
    }

    static String place(Mark mark) {
        return "line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private JsonNode convert(Node node, String pointer) {
        node.getStartMark().ifPresent(mark -> marks.putIfAbsent(pointer, mark));
        if (node.isRecursive()) {
            throw new RefusedInput(
                    "%s: this contains itself: write it out without the alias"
                            .formatted(place(pointer)));
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer);
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                int index = 0;
                for (var element : sequence.getValue()) {
                    array.add(convert(element, pointer + "/" + index++));
                }
                yield array;
            }
            case ScalarNode scalar -> {
                requireWhole(scalar.getValue(), pointer);
                yield scalar(scalar);
            }
            default ->
                    throw new RefusedInput(
                            "%s: aliases have no place in a spec".formatted(place(pointer)));
        };
    }

    private JsonNode object(MappingNode mapping, String pointer) {
        var object = JSON.objectNode();
        for (var field : mapping.getValue()) {
            var name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            var child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (marks.containsKey(child)) {
                throw new RefusedInput(
                        "%s: '%s' stands there twice: keep one"
                                .formatted(
                                        field.getKeyNode()
                                                .getStartMark()
                                                .map(LocatedYaml::place)
                                                .orElse(place(pointer)),
                                        name));
            }
            field.getKeyNode().getStartMark().ifPresent(mark -> marks.put(child, mark));
            object.set(name, convert(field.getValueNode(), child));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var value = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT)) {
            return number(value).<JsonNode>map(JSON::numberNode).orElse(JSON.textNode(value));
        }
        if (scalar.getTag().equals(Tag.FLOAT)) {
            return decimal(value).<JsonNode>map(JSON::numberNode).orElse(JSON.textNode(value));
        }
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (scalar.getTag().equals(Tag.BOOL) || plain && BOOLEANS.contains(value)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        return scalar.getTag().equals(Tag.NULL) || plain && NULLS.contains(value)
                ? JSON.nullNode()
                : JSON.textNode(value);
    }

    private static Optional<Double> decimal(String text) {
        try {
            return Optional.of(Double.valueOf(text)).filter(d -> Math.abs(d) < LARGEST);
        } catch (NumberFormatException infiniteOrNone) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
