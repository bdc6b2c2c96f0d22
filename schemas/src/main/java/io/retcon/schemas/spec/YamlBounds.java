package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much a YAML text comes to once its aliases are written out, counted while it is parsed and
 * before anything is built of it. Memory and time stay within the bounds whatever the text says.
 * Not thread-safe.
 */
final class YamlBounds {
    /** Characters of a text. */
    static final int CHARACTERS = 1 << 23;

    /** Characters of a field's name. */
    static final int NAME = 1 << 12;

    /** Collections inside each other; a spec has seven. */
    static final int DEPTH = 64;

    /** Values, aliases written out. */
    static final int VALUES = 1 << 20;

    /** Characters of all values and of the paths that lead to them, aliases written out. */
    static final long TEXT = 1L << 26;

    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Extent> anchors = new HashMap<>();

    /** What a value comes to, the value itself included. */
    private record Extent(long values, long text, int depth) {}

    /** A collection that has begun. */
    private static final class Open {
        final Optional<String> anchor;
        final boolean mapping;
        final int path;
        long values = 1;
        long text;
        int depth;
        boolean named;
        int name;

        Open(Optional<String> anchor, boolean mapping, int path) {
            this.anchor = anchor;
            this.mapping = mapping;
            this.path = path;
        }
    }

    /**
     * @throws RefusedInput with line and column where {@code events} pass a bound
     */
    static void check(Iterable<Event> events) {
        var bounds = new YamlBounds();
        events.forEach(bounds::onEvent);
    }

    private void onEvent(Event event) {
        switch (event) {
            case CollectionStartEvent start -> {
                boolean mapping = start instanceof MappingStartEvent;
                open.push(new Open(anchor(start), mapping, pathOfNext()));
                require(event, open.size() <= DEPTH, "are more than %d levels deep", DEPTH);
            }
            case CollectionEndEvent end -> {
                var closed = open.pop();
                var extent = new Extent(closed.values, closed.text, closed.depth + 1);
                closed.anchor.ifPresent(name -> anchors.put(name, extent));
                add(event, extent, "");
            }
            case ScalarEvent scalar -> {
                var value = scalar.getValue();
                var extent = new Extent(1, value.length() + (long) pathOfNext(), 0);
                anchor(scalar).ifPresent(name -> anchors.put(name, extent));
                add(event, extent, value);
            }
            case AliasEvent alias -> add(event, extentOf(alias), "");
            default -> {}
        }
    }

    /** What contains itself, or is not there, is refused when the tree is built. */
    private Extent extentOf(AliasEvent alias) {
        return anchors.getOrDefault(alias.getAlias().getValue(), new Extent(1, 0, 0));
    }

    private void add(Event event, Extent extent, String value) {
        var around = open.peek();
        if (around == null) {
            return;
        }
        if (around.mapping && !around.named) {
            require(event, value.length() <= NAME, "have a name longer than %d characters", NAME);
            if (value.equals("<<")) {
                throw new RefusedInput(
                        "%s: '<<' merges nothing here: write the fields out"
                                .formatted(place(event)));
            }
            around.name = value.length() + 1;
        }
        around.named = around.mapping && !around.named;
        around.values += extent.values;
        around.text += extent.text + extent.values * (around.path + around.name);
        around.depth = Math.max(around.depth, extent.depth);
        require(event, open.size() + extent.depth <= DEPTH, "are more than %d levels deep", DEPTH);
        require(
                event,
                around.values <= VALUES,
                "come to more than %,d, aliases written out",
                VALUES);
        require(event, around.text <= TEXT, "come to more than %,d characters", TEXT);
    }

    /** How long a path leads to the next value in the innermost collection. */
    private int pathOfNext() {
        var around = open.peek();
        return around == null ? 0 : around.path + around.name;
    }

    private static Optional<String> anchor(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue());
    }

    private static void require(Event event, boolean holds, String what, long bound) {
        if (!holds) {
            throw new RefusedInput(
                    "%s: the spec's values %s: no spec needs that"
                            .formatted(place(event), what.formatted(bound)));
        }
    }

    private static String place(Event event) {
        return event.getStartMark().map(LocatedYaml::place).orElse("somewhere");
    }
}
