package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.layer.QkvColumns;

import org.bytedeco.pytorch.Tensor;

/** What a projection's rows hold, each [texts][rows][heads · width]. */
record QueriesKeysValues(Tensor queries, Tensor keys, Tensor values) {
    static QueriesKeysValues of(Tensor projected, QkvColumns columns) {
        return switch (columns) {
            case QkvColumns.Stacked stacked -> stacked(projected, stacked);
            case QkvColumns.ByHead byHead -> byHead(projected, byHead);
        };
    }

    private static QueriesKeysValues stacked(Tensor projected, QkvColumns.Stacked columns) {
        int queries = columns.queryColumns();
        int keys = columns.keyColumns();
        return new QueriesKeysValues(
                projected.narrow(2, 0, queries),
                projected.narrow(2, queries, keys),
                projected.narrow(2, queries + keys, keys));
    }

    private static QueriesKeysValues byHead(Tensor projected, QkvColumns.ByHead columns) {
        var heads = projected.unflatten(2, columns.heads(), 3, columns.headWidth());
        return new QueriesKeysValues(third(heads, 0), third(heads, 1), third(heads, 2));
    }

    private static Tensor third(Tensor heads, int which) {
        return heads.select(3, which).flatten(2, 3);
    }
}
