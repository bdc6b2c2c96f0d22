package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.CrossEntropyKernel;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Gemm;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;
import io.retcon.retrainer.layer.Weight;

/** Logits, a block of rows at a time so that they never exist whole, and what comes of them. */
final class LanguageHead {
    private static final int MOST_LOGITS = 1 << 20;
    private static final int FEWEST_ROWS = 64;

    private final Weight weight;
    private final int vocabulary;
    private final int blockRows;
    private final Matrix logits;

    LanguageHead(Weight weight, int vocabulary, FloatArena arena, int rows) {
        this.weight = weight;
        this.vocabulary = vocabulary;
        this.blockRows = Math.min(rows, Math.max(FEWEST_ROWS, MOST_LOGITS / vocabulary));
        this.logits = arena.matrix(blockRows, vocabulary);
    }

    /**
     * The summed loss over all rows whose target is not -1, its gradient with respect to the hidden
     * rows in {@code dhidden}, and that of the head's own weight.
     *
     * @param z weight of the squared logsumexp
     * @param weightOfRow what each row's loss is multiplied by in the gradient
     */
    Loss lossAndGradient(
            Matrix hidden, int[] targets, double z, double weightOfRow, Matrix dhidden) {
        double crossEntropy = 0;
        double zLoss = 0;
        for (int from = 0; from < targets.length; from += blockRows) {
            int rows = Math.min(blockRows, targets.length - from);
            var block = hidden.from(from);
            forward(block, rows);
            for (int r = 0; r < rows; r++) {
                int target = targets[from + r];
                if (target < 0) {
                    logits.from(r).zero(1);
                    continue;
                }
                double log = CrossEntropyKernel.logSumExp(logits, r);
                crossEntropy += log - logits.get(r, target);
                zLoss += z * log * log;
                CrossEntropyKernel.gradient(logits, r, target, log, z, weightOfRow);
            }
            Gemm.ab(
                    rows,
                    hidden.columns(),
                    vocabulary,
                    1,
                    logits,
                    weight.values(),
                    Store.SET,
                    dhidden.from(from));
            Gemm.aTb(
                    vocabulary,
                    hidden.columns(),
                    rows,
                    1,
                    logits,
                    block,
                    Store.ADD,
                    weight.gradient());
        }
        return new Loss(crossEntropy, zLoss);
    }

    /** Rows that {@link #forward} takes at once. */
    int blockRows() {
        return blockRows;
    }

    /** The logits of {@code rows} hidden rows, valid until the next call. */
    Matrix forward(Matrix hidden, int rows) {
        Gemm.abT(rows, vocabulary, hidden.columns(), 1, hidden, weight.values(), Store.SET, logits);
        return logits;
    }
}
