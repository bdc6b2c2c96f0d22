package io.retcon.indexer.match;

import java.util.Arrays;

/** Sparse rows in the making, row after row. */
final class RowWriter {
    private int[] offsets = new int[1024];
    private int[] columns = new int[1024];
    private int rows;
    private int size;

    void add(int column) {
        if (size == columns.length) {
            columns = Arrays.copyOf(columns, 2 * size);
        }
        columns[size++] = column;
    }

    void endRow() {
        if (++rows == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * rows);
        }
        offsets[rows] = size;
    }

    SparseRows rows() {
        return new SparseRows(Arrays.copyOf(offsets, rows + 1), Arrays.copyOf(columns, size));
    }
}
