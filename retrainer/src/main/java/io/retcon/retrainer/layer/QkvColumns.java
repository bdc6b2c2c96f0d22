package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Heads;
import io.retcon.retrainer.kernels.Matrix;

/** Where queries, keys and values stand in a row of their common projection. */
public sealed interface QkvColumns {
    int heads();

    int headWidth();

    int keyValueHeads();

    Heads queries(Matrix projected);

    Heads keys(Matrix projected);

    Heads values(Matrix projected);

    /** All query heads, then all key heads, then all value heads. */
    record Stacked(int heads, int keyValueHeads, int headWidth) implements QkvColumns {
        public int queryColumns() {
            return heads * headWidth;
        }

        public int keyColumns() {
            return keyValueHeads * headWidth;
        }

        @Override
        public Heads queries(Matrix projected) {
            return Heads.adjacent(projected.columns(0, queryColumns()), heads, headWidth);
        }

        @Override
        public Heads keys(Matrix projected) {
            return Heads.adjacent(
                    projected.columns(queryColumns(), keyColumns()), keyValueHeads, headWidth);
        }

        @Override
        public Heads values(Matrix projected) {
            return Heads.adjacent(
                    projected.columns(queryColumns() + keyColumns(), keyColumns()),
                    keyValueHeads,
                    headWidth);
        }
    }

    /** Head by head: its query, its key, its value. */
    record ByHead(int heads, int headWidth) implements QkvColumns {
        @Override
        public int keyValueHeads() {
            return heads;
        }

        @Override
        public Heads queries(Matrix projected) {
            return third(projected, 0);
        }

        @Override
        public Heads keys(Matrix projected) {
            return third(projected, 1);
        }

        @Override
        public Heads values(Matrix projected) {
            return third(projected, 2);
        }

        private Heads third(Matrix projected, int which) {
            var from = projected.columns(which * headWidth, projected.columns() - 2 * headWidth);
            return new Heads(from, heads, headWidth, 3 * headWidth);
        }
    }
}
