package io.retcon.indexer.match;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Rows of column numbers, end to end in one array, with a value each or none at all. Immutable as
 * long as nobody writes to a row.
 */
public final class SparseRows {
    private final int[] offsets;
    private final int[] columns;
    private final double[] values;

    /**
     * @param offsets where each row starts in {@code columns}, and where the last one ends
     * @param values one a column, or none
     */
    SparseRows(int[] offsets, int[] columns, double[] values) {
        if (offsets.length == 0 || offsets[offsets.length - 1] != columns.length) {
            throw new IllegalArgumentException("the rows do not end where the columns end");
        }
        if (values.length != 0 && values.length != columns.length) {
            throw new IllegalArgumentException("there must be a value a column, or none");
        }
        this.offsets = offsets;
        this.columns = columns;
        this.values = values;
    }

    /** Documents as rows and items as columns, with the scores of a matcher that scores. */
    public static SparseRows byDocument(Matches matches, int documents) {
        var byItem = new RowWriter();
        matches.forEach(
                found -> {
                    switch (found) {
                        case ItemMatches.Unscored unscored -> {
                            for (int document : unscored.documents()) {
                                byItem.add(document);
                            }
                        }
                        case ItemMatches.Scored scored -> {
                            for (int i = 0; i < scored.documents().length; i++) {
                                byItem.add(scored.documents()[i], scored.scores()[i]);
                            }
                        }
                    }
                    byItem.endRow();
                });
        return byItem.rows().transposed(documents);
    }

    public int rows() {
        return offsets.length - 1;
    }

    /** A copy of the row. */
    public int[] row(int row) {
        return Arrays.copyOfRange(columns, offsets[row], offsets[row + 1]);
    }

    /** A copy of the row's values; empty where entries have none. */
    public double[] values(int row) {
        return values.length == 0
                ? values
                : Arrays.copyOfRange(values, offsets[row], offsets[row + 1]);
    }

    /**
     * The same rows, but that neighbours of one group all have what any of them has: of a column
     * that several have a value of, the highest.
     *
     * @param groups each row's group, ascending
     */
    public SparseRows shared(int[] groups) {
        var shared = new RowWriter();
        for (int from = 0; from < rows(); ) {
            int to = from + 1;
            while (to < rows() && groups[to] == groups[from]) {
                to++;
            }
            var all = new TreeMap<Integer, Double>();
            for (int at = offsets[from]; at < offsets[to]; at++) {
                all.merge(columns[at], values.length == 0 ? 0 : values[at], Math::max);
            }
            for (int row = from; row < to; row++) {
                all.forEach(
                        (column, value) -> {
                            if (values.length == 0) {
                                shared.add(column);
                            } else {
                                shared.add(column, value);
                            }
                        });
                shared.endRow();
            }
            from = to;
        }
        return shared.rows();
    }

    /** Columns as rows, each ascending. */
    SparseRows transposed(int columnCount) {
        var starts = new int[columnCount + 1];
        for (int column : columns) {
            starts[column + 1]++;
        }
        for (int i = 0; i < columnCount; i++) {
            starts[i + 1] += starts[i];
        }
        var next = starts.clone();
        var transposed = new int[columns.length];
        var moved = new double[values.length];
        for (int row = 0; row < rows(); row++) {
            for (int at = offsets[row]; at < offsets[row + 1]; at++) {
                int to = next[columns[at]]++;
                transposed[to] = row;
                if (values.length != 0) {
                    moved[to] = values[at];
                }
            }
        }
        return new SparseRows(starts, transposed, moved);
    }
}
