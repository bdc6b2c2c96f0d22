package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;
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
        for (var share : shares.subList(1, shares.size())) {
            add(sums, share.segment(), from, count);
        }
        return Lanes.dot(sums, 4 * from, sums, 4 * from, count);
    }

    private static void add(MemorySegment sums, MemorySegment other, long from, int count) {
        int bound = Lanes.SPECIES.loopBound(count);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            long o = 4L * (from + j);
            Lanes.store(Lanes.load(sums, o).add(Lanes.load(other, o)), sums, o);
        }
        if (bound < count) {
            long o = 4L * (from + bound);
            var tail = Lanes.first(count - bound);
            var sum = Lanes.load(sums, o, tail).add(Lanes.load(other, o, tail));
            Lanes.store(sum, sums, o, tail);
        }
    }
}
