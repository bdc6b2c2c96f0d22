package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.YamlWords;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML text as the tree that OmegaConf makes of it. An alias is the very node that its anchor
 * names, so that no text takes more memory than its own length.
 */
final class OmegaYaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Deeper than any config, and no danger to the stack. */
    private static final int DEEPEST = 64;

    private final String place;
    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();

    private OmegaYaml(Iterator<Event> events, String place) {
        this.events = events;
        this.place = place;
    }

    /**
     * @param place names the file in refusals
     * @throws RefusedInput with the line, if the text is no YAML or one that cannot be a config
     */
    static JsonNode read(String text, String place) {
        try {
            var settings = LoadSettings.builder().build();
            return new OmegaYaml(new Parse(settings).parseString(text).iterator(), place)
                    .document();
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark();
            throw new RefusedInput(
                    "%s: line %d, column %d: %s"
                            .formatted(
                                    place,
                                    mark.map(Mark::getLine).orElse(0) + 1,
                                    mark.map(Mark::getColumn).orElse(0) + 1,
                                    YamlWords.of(e.getProblem())),
                    e);
        } catch (YamlEngineException e) {
            throw new RefusedInput(
                    "%s: not YAML: %s".formatted(place, e.getMessage().strip().replace('\n', ' ')),
                    e);
        }
    }

    private JsonNode document() {
        JsonNode root = JSON.objectNode();
        int documents = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof NodeEvent) {
                root = node(event, 0);
                if (++documents > 1) {
                    throw refusal(event, "there is a second document: keep one");
                }
            }
        }
        if (documents == 0 || root.isNull()) {
            throw new RefusedInput(
                    "%s: it holds blanks or comments and no field: give the file that the run wrote"
                            .formatted(place));
        }
        return root;
    }

    private JsonNode node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw refusal(event, "nested deeper than %d levels".formatted(DEEPEST));
        }
        return switch (event) {
            case AliasEvent alias ->
                    Optional.ofNullable(anchors.get(alias.getAlias()))
                            .orElseThrow(
                                    () ->
                                            refusal(
                                                    event,
                                                    "the alias *%s has no anchor before it"
                                                            .formatted(alias.getAlias())));
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar));
            case SequenceStartEvent start -> anchored(start.getAnchor(), array(depth));
            case MappingStartEvent start -> anchored(start.getAnchor(), object(depth));
            default -> throw new IllegalStateException("no node begins with " + event);
        };
    }

    private JsonNode anchored(Optional<Anchor> anchor, JsonNode node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private JsonNode array(int depth) {
        var array = JSON.arrayNode();
        for (var next = events.next(); next instanceof NodeEvent; next = events.next()) {
            array.add(node(next, depth + 1));
        }
        return array;
    }

    private JsonNode object(int depth) {
        var object = JSON.objectNode();
        for (var next = events.next(); next instanceof NodeEvent; next = events.next()) {
            var key = node(next, depth + 1);
            if (key.isContainerNode() || key.isNull()) {
                throw refusal(next, "a key must be a text");
            }
            if (key.asText().equals("<<")) {
                throw refusal(next, "merge keys are not read: write the keys out");
            }
            if (object.has(key.asText())) {
                throw refusal(next, "'%s' stands there twice: keep one".formatted(key.asText()));
            }
            object.set(key.asText(), node(events.next(), depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarEvent scalar) {
        if (scalar.getTag().isPresent()) {
            throw refusal(
                    scalar, "tags are not read: take %s out".formatted(scalar.getTag().get()));
        }
        return scalar.isPlain()
                ? OmegaScalar.plain(scalar.getValue())
                : JSON.textNode(scalar.getValue());
    }

    private RefusedInput refusal(Event event, String what) {
        return new RefusedInput(
                "%s: line %d: %s"
                        .formatted(
                                place,
                                event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                                what));
    }
}
