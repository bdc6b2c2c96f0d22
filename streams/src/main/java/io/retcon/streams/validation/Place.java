package io.retcon.streams.validation;

import io.retcon.schemas.RefusedInput;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** A place in a text: line and column, counted from 1. */
record Place(int line, int column) implements Comparable<Place> {
    static final Place START = new Place(1, 1);

    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Place of(Node node) {
        return node.getStartMark().map(Place::of).orElse(START);
    }

    /** The refusal of what stands here. */
    RefusedInput refuse(String sentence, Object... arguments) {
        return new RefusedInput(
                "line %d, column %d: %s".formatted(line, column, sentence.formatted(arguments)));
    }

    @Override
    public int compareTo(Place other) {
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }
}
