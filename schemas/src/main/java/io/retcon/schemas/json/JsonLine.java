package io.retcon.schemas.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.file.Path;

/**
 * A JSON object of a file, and where it stands.
 *
 * @param number of the line, from 1
 * @param object its fields that are read
 */
public record JsonLine(Path file, long number, ObjectNode object) {
    public JsonLine {
        requireNonNull(file, "file is null");
        requireNonNull(object, "object is null");
    }

    /** As refusals name it: 'items.jsonl line 3'. */
    public String place() {
        return "%s line %d".formatted(file, number);
    }

    public Fields fields() {
        return new Fields(object);
    }
}
