package io.retcon.indexer.match;

import java.util.Arrays;

/** Sparse rows in the making, row after row. */
final class RowWriter {
    private int[] offsets = new int[1024];
    private int[] columns = new int[1024];
    private double[] values = new double[0];
    private int rows;
    private int size;

    void add(int column) {
        if (size == columns.length) {
            columns = Arrays.copyOf(columns, 2 * size);
        }
        columns[size++] = column;
    }

    /** All entries of a matrix have a value, or none has. */
    void add(int column, double value) {
        add(column);
        if (values.length < size) {
            values = Arrays.copyOf(values, columns.length);
        }
        values[size - 1] = value;
    }

    void endRow() {
        if (++rows == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * rows);
        }
        offsets[rows] = size;
    }

    SparseRows rows() {
        return new SparseRows(
                Arrays.copyOf(offsets, rows + 1),
                Arrays.copyOf(columns, size),
                Arrays.copyOf(values, Math.min(values.length, size)));
    }
}
