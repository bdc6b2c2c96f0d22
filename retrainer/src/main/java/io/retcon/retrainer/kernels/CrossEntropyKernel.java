package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Softmax cross-entropy over rows of logits, with the z-loss z · logsumexp² (Chowdhery et al.,
 * 2022).
 */
public final class CrossEntropyKernel {
    private CrossEntropyKernel() {}

    /** log Σ e^logit of row {@code row}. */
    public static double logSumExp(Matrix logits, int row) {
        MemorySegment ls = logits.segment();
        long lt = logits.at(row);
        int n = logits.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        var largest = Lanes.all(Float.NEGATIVE_INFINITY);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            largest = largest.max(Lanes.load(ls, lt + 4L * j));
        }
        if (bound < n) {
            var v = Lanes.load(ls, lt + 4L * bound, tail);
            largest = largest.max(Lanes.all(Float.NEGATIVE_INFINITY).blend(v, tail));
        }
        float max = Lanes.max(largest);
        var sums = Lanes.all(0);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            sums = sums.add(Lanes.exp(Lanes.load(ls, lt + 4L * j).sub(max)));
        }
        if (bound < n) {
            sums = sums.add(Lanes.exp(Lanes.load(ls, lt + 4L * bound, tail).sub(max)), tail);
        }
        return max + StrictMath.log(Lanes.sum(sums));
    }

    /**
     * The gradient of weight · (cross-entropy + z · logsumexp²) replaces the logits of row {@code
     * row}.
     *
     * @param logSumExp the row's, as {@link #logSumExp} gave it
     */
    public static void gradient(
            Matrix logits, int row, int target, double logSumExp, double z, double weight) {
        probabilities(logits, row, logSumExp, weight * (1 + 2 * z * logSumExp));
        logits.set(row, target, logits.get(row, target) - (float) weight);
    }

    /** factor · e^(logit − logSumExp) replaces the logits of row {@code row}. */
    static void probabilities(Matrix logits, int row, double logSumExp, double factor) {
        MemorySegment ls = logits.segment();
        long lt = logits.at(row);
        int n = logits.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        float log = (float) logSumExp;
        float times = (float) factor;
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            var p = Lanes.exp(Lanes.load(ls, lt + 4L * j).sub(log));
            Lanes.store(p.mul(times), ls, lt + 4L * j);
        }
        if (bound < n) {
            var tail = Lanes.first(n - bound);
            var p = Lanes.exp(Lanes.load(ls, lt + 4L * bound, tail).sub(log));
            Lanes.store(p.mul(times), ls, lt + 4L * bound, tail);
        }
    }
}
