package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/** Sums and copies of whole rows. */
public final class Rows {
    private Rows() {}

    /** y = a + b over {@code rows} rows; y may be a or b. */
    public static void sum(Matrix a, Matrix b, Matrix y, int rows) {
        MemorySegment as = a.segment();
        MemorySegment bs = b.segment();
        MemorySegment ys = y.segment();
        int bound = Lanes.SPECIES.loopBound(y.columns());
        var tail = Lanes.first(y.columns() - bound);
        for (int row = 0; row < rows; row++) {
            long at = a.at(row);
            long bt = b.at(row);
            long yt = y.at(row);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                Lanes.store(Lanes.load(as, at + o).add(Lanes.load(bs, bt + o)), ys, yt + o);
            }
            if (bound < y.columns()) {
                long o = 4L * bound;
                var sum = Lanes.load(as, at + o, tail).add(Lanes.load(bs, bt + o, tail));
                Lanes.store(sum, ys, yt + o, tail);
            }
        }
    }

    /** Every one of {@code rows} rows of y becomes {@code row}. */
    public static void repeat(Matrix row, Matrix y, int rows) {
        for (int r = 0; r < rows; r++) {
            copy(row, 0, y, r);
        }
    }

    /** sum += the rows of x, one after the other. */
    public static void addTo(Matrix sum, Matrix x, int rows) {
        for (int row = 0; row < rows; row++) {
            sum(sum, x.from(row), sum, 1);
        }
    }

    /** Row {@code to} of y += factor · row {@code from} of x. */
    static void addScaled(Matrix y, int to, float factor, Matrix x, int from) {
        MemorySegment xs = x.segment();
        MemorySegment ys = y.segment();
        long xt = x.at(from);
        long yt = y.at(to);
        int bound = Lanes.SPECIES.loopBound(y.columns());
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            long o = 4L * j;
            Lanes.store(Lanes.load(xs, xt + o).mul(factor).add(Lanes.load(ys, yt + o)), ys, yt + o);
        }
        if (bound < y.columns()) {
            long o = 4L * bound;
            var tail = Lanes.first(y.columns() - bound);
            var v = Lanes.load(xs, xt + o, tail).mul(factor);
            Lanes.store(v.add(Lanes.load(ys, yt + o, tail)), ys, yt + o, tail);
        }
    }

    /** Row {@code from} of x becomes row {@code to} of y. */
    public static void copy(Matrix x, int from, Matrix y, int to) {
        MemorySegment.copy(
                x.segment(), x.at(from), y.segment(), y.at(to), (long) y.columns() * Float.BYTES);
    }
}
