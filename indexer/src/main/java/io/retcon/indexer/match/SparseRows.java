package io.retcon.indexer.match;

import java.util.Arrays;

/** Rows of column numbers, end to end in one array. Immutable as long as nobody writes to a row. */
public final class SparseRows {
    private final int[] offsets;
    private final int[] columns;

    /**
     * @param offsets where each row starts in {@code columns}, and where the last one ends
     */
    SparseRows(int[] offsets, int[] columns) {
        if (offsets.length == 0 || offsets[offsets.length - 1] != columns.length) {
            throw new IllegalArgumentException("the rows do not end where the columns end");
        }
        this.offsets = offsets;
        this.columns = columns;
    }

    public int rows() {
        return offsets.length - 1;
    }

    /** Entries in all rows. */
    public int size() {
        return columns.length;
    }

    /** Where the row starts among all entries. */
    int start(int row) {
        return offsets[row];
    }

    /** A copy of the row. */
    public int[] row(int row) {
        return Arrays.copyOfRange(columns, offsets[row], offsets[row + 1]);
    }

    /** Columns as rows, each ascending. */
    public SparseRows transposed(int columnCount) {
        var starts = new int[columnCount + 1];
        for (int column : columns) {
            starts[column + 1]++;
        }
        for (int i = 0; i < columnCount; i++) {
            starts[i + 1] += starts[i];
        }
        var next = starts.clone();
        var transposed = new int[columns.length];
        for (int row = 0; row < rows(); row++) {
            for (int at = offsets[row]; at < offsets[row + 1]; at++) {
                transposed[next[columns[at]]++] = row;
            }
        }
        return new SparseRows(starts, transposed);
    }
}
