package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Heads;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;

/** What happens to queries and keys between their projection and their rotation. */
public sealed interface QueryKeyNorm {
    void forward(Matrix projected, Batch batch);

    /** Turns the gradients of what attention saw into those of the projection, in its columns. */
    void backward(Matrix dprojected, Batch batch);

    Heads queries(Matrix projected);

    Heads keys(Matrix projected);

    Heads queryGradients(Matrix dprojected);

    Heads keyGradients(Matrix dprojected);

    /** Nothing. */
    record None(QkvColumns columns) implements QueryKeyNorm {
        @Override
        public void forward(Matrix projected, Batch batch) {}

        @Override
        public void backward(Matrix dprojected, Batch batch) {}

        @Override
        public Heads queries(Matrix projected) {
            return columns.queries(projected);
        }

        @Override
        public Heads keys(Matrix projected) {
            return columns.keys(projected);
        }

        @Override
        public Heads queryGradients(Matrix dprojected) {
            return columns.queries(dprojected);
        }

        @Override
        public Heads keyGradients(Matrix dprojected) {
            return columns.keys(dprojected);
        }
    }

    /** A norm over all query heads together and one over all key heads together (OLMo 2). */
    final class OverAllHeads implements QueryKeyNorm {
        private final QkvColumns.Stacked columns;
        private final Layer queryNorm;
        private final Layer keyNorm;
        private final Matrix normed;
        private final Matrix dnormed;

        public OverAllHeads(
                QkvColumns.Stacked columns, Layer queryNorm, Layer keyNorm, Workspace workspace) {
            int width = columns.queryColumns() + columns.keyColumns();
            this.columns = columns;
            this.queryNorm = queryNorm;
            this.keyNorm = keyNorm;
            this.normed = workspace.activations("normed queries and keys", width);
            this.dnormed = workspace.scratch("normed queries and keys gradient", width);
        }

        @Override
        public void forward(Matrix projected, Batch batch) {
            queryNorm.forward(columns.queries(projected).rows(), queries(normed).rows(), batch);
            keyNorm.forward(columns.keys(projected).rows(), keys(normed).rows(), batch);
        }

        @Override
        public void backward(Matrix dprojected, Batch batch) {
            queryNorm.backward(
                    columns.queries(dnormed).rows(),
                    Store.SET,
                    columns.queries(dprojected).rows(),
                    batch);
            keyNorm.backward(
                    columns.keys(dnormed).rows(),
                    Store.SET,
                    columns.keys(dprojected).rows(),
                    batch);
        }

        @Override
        public Heads queries(Matrix projected) {
            return columns.queries(normed);
        }

        @Override
        public Heads keys(Matrix projected) {
            return columns.keys(normed);
        }

        @Override
        public Heads queryGradients(Matrix dprojected) {
            return columns.queries(dnormed);
        }

        @Override
        public Heads keyGradients(Matrix dprojected) {
            return columns.keys(dnormed);
        }
    }
}
