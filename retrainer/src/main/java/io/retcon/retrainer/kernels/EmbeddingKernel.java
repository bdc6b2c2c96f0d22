package io.retcon.retrainer.kernels;

/** Looks rows up by token, and adds gradients back to them in row order. */
public final class EmbeddingKernel {
    private EmbeddingKernel() {}

    /** y[r] = table[tokens[r]]. */
    public static void forward(Matrix table, int[] tokens, Matrix y, int rows) {
        for (int row = 0; row < rows; row++) {
            Rows.copy(table, tokens[row], y, row);
        }
    }

    /** dtable[tokens[r]] += dy[r]. */
    public static void backward(Matrix dy, int[] tokens, Matrix dtable, int rows) {
        for (int row = 0; row < rows; row++) {
            Rows.addTo(dtable.from(tokens[row]), dy.from(row), 1);
        }
    }
}
