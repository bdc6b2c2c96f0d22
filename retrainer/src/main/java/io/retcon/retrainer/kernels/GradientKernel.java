package io.retcon.retrainer.kernels;

import java.util.List;

/** Adds the shares' gradients up and takes their norm. */
public final class GradientKernel {
    private GradientKernel() {}

    /**
     * At floats {@code from} … {@code from + count - 1}, the sum of all shares replaces the first
     * one's gradient.
     *
     * @return the sum of the squares
     */
    public static double foldAndSquare(List<Floats> shares, long from, int count) {
        var sums = shares.getFirst().segment();
        var squares = Lanes.all(0);
        for (int j = 0; j < count; j += Lanes.COUNT) {
            long o = 4L * (from + j);
            var mask = Lanes.first(count - j);
            var sum = Lanes.load(sums, o, mask);
            for (int share = 1; share < shares.size(); share++) {
                sum = sum.add(Lanes.load(shares.get(share).segment(), o, mask));
            }
            Lanes.store(sum, sums, o, mask);
            squares = sum.fma(sum, squares);
        }
        return Lanes.sum(squares);
    }
}
