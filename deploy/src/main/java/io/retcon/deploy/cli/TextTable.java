package io.retcon.deploy.cli;

import io.retcon.schemas.format.TsvField;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows as aligned columns with headings: numbers to the right, all else to the left, doubles to
 * four significant digits, no ruled lines, so that {@code awk} and {@code sort} can read it too.
 * Names stay on their lines, as {@link TsvField#readable} has them.
 */
final class TextTable {
    private static final String GAP = "  ";
    private static final String ABSENT = "-";

    private enum Alignment {
        LEFT,
        RIGHT;

        String pad(String cell, int width) {
            String padding = " ".repeat(width - cell.length());
            return this == RIGHT ? padding + cell : cell + padding;
        }
    }

    private TextTable() {}

    static <R> String of(List<R> rows, List<Column<R>> columns) {
        var cells = new ArrayList<List<String>>();
        cells.add(
                columns.stream().map(column -> column.heading().toUpperCase(Locale.ROOT)).toList());
        var values = rows.stream().map(row -> values(row, columns)).toList();
        values.forEach(row -> cells.add(row.stream().map(TextTable::text).toList()));
        var text = new StringBuilder();
        for (var row : cells) {
            var line = new StringBuilder();
            for (int c = 0; c < columns.size(); c++) {
                line.append(c == 0 ? "" : GAP)
                        .append(alignment(values, c).pad(row.get(c), width(cells, c)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static <R> List<Optional<?>> values(R row, List<Column<R>> columns) {
        return columns.stream()
                .<Optional<?>>map(
                        column -> {
                            Object value = column.value().apply(row);
                            return value instanceof Optional<?> maybe
                                    ? maybe
                                    : Optional.ofNullable(value);
                        })
                .toList();
    }

    private static String text(Optional<?> value) {
        return value.map(
                        present ->
                                present instanceof Double || present instanceof Float
                                        ? significant(((Number) present).doubleValue())
                                        : TsvField.readable(present.toString()))
                .orElse(ABSENT);
    }

    private static String significant(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
        return magnitude < -4 || magnitude > 6
                ? String.format(Locale.ROOT, "%.3e", value)
                : String.format(Locale.ROOT, "%." + Math.max(0, 3 - magnitude) + "f", value);
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static Alignment alignment(List<List<Optional<?>>> values, int column) {
        Stream<?> present = values.stream().map(row -> row.get(column)).flatMap(Optional::stream);
        return present.allMatch(Number.class::isInstance) ? Alignment.RIGHT : Alignment.LEFT;
    }
}
