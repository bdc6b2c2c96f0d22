package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Layer norm, y = g · (x − mean) / sqrt(variance + eps) + b (Ba, Kiros and Hinton, 2016), and its
 * gradient.
 */
public final class LayerNormKernel {
    private LayerNormKernel() {}

    /** Also leaves each row's mean and 1 / deviation in {@code means} and {@code scales}. */
    public static void forward(
            Matrix x,
            Matrix gain,
            Matrix bias,
            float epsilon,
            Matrix y,
            float[] means,
            float[] scales,
            int rows) {
        MemorySegment xs = x.segment();
        MemorySegment gs = gain.segment();
        MemorySegment bs = bias.segment();
        MemorySegment ys = y.segment();
        int n = x.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        long gt = gain.at(0);
        long bt = bias.at(0);
        for (int row = 0; row < rows; row++) {
            long xt = x.at(row);
            long yt = y.at(row);
            float mean = mean(xs, xt, n);
            float scale = (float) (1 / Math.sqrt(variance(xs, xt, n, mean) + epsilon));
            means[row] = mean;
            scales[row] = scale;
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var h = Lanes.load(xs, xt + o).sub(mean).mul(scale);
                Lanes.store(h.fma(Lanes.load(gs, gt + o), Lanes.load(bs, bt + o)), ys, yt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var h = Lanes.load(xs, xt + o, tail).sub(mean).mul(scale);
                var v = h.fma(Lanes.load(gs, gt + o, tail), Lanes.load(bs, bt + o, tail));
                Lanes.store(v, ys, yt + o, tail);
            }
        }
    }

    private static float mean(MemorySegment xs, long xt, int n) {
        int bound = Lanes.SPECIES.loopBound(n);
        var sums = Lanes.all(0);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            sums = sums.add(Lanes.load(xs, xt + 4L * j));
        }
        if (bound < n) {
            sums = sums.add(Lanes.load(xs, xt + 4L * bound, Lanes.first(n - bound)));
        }
        return Lanes.sum(sums) / n;
    }

    private static float variance(MemorySegment xs, long xt, int n, float mean) {
        int bound = Lanes.SPECIES.loopBound(n);
        var squares = Lanes.all(0);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            var v = Lanes.load(xs, xt + 4L * j).sub(mean);
            squares = v.fma(v, squares);
        }
        if (bound < n) {
            var tail = Lanes.first(n - bound);
            var v = Lanes.load(xs, xt + 4L * bound, tail).sub(Lanes.all(mean), tail);
            squares = v.fma(v, squares);
        }
        return Lanes.sum(squares) / n;
    }

    /**
     * With h the normalised row and s = 1 / deviation: dx = s (g dy − mean(g dy) − h mean(g dy h)),
     * dgain += dy h, dbias += dy.
     */
    public static void backward(
            Matrix dy,
            Matrix x,
            Matrix gain,
            float[] means,
            float[] scales,
            Matrix dgain,
            Matrix dbias,
            Store store,
            Matrix dx,
            int rows) {
        MemorySegment ds = dy.segment();
        MemorySegment xs = x.segment();
        MemorySegment gs = gain.segment();
        MemorySegment dgs = dgain.segment();
        MemorySegment dbs = dbias.segment();
        MemorySegment dxs = dx.segment();
        int n = x.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        long gt = gain.at(0);
        long dgt = dgain.at(0);
        long dbt = dbias.at(0);
        for (int row = 0; row < rows; row++) {
            long dt = dy.at(row);
            long xt = x.at(row);
            long dxt = dx.at(row);
            float mean = means[row];
            float scale = scales[row];
            var plain = Lanes.all(0);
            var dots = Lanes.all(0);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var d = Lanes.load(ds, dt + o);
                var h = Lanes.load(xs, xt + o).sub(mean).mul(scale);
                var scaled = d.mul(Lanes.load(gs, gt + o));
                plain = plain.add(scaled);
                dots = scaled.fma(h, dots);
                Lanes.store(d.fma(h, Lanes.load(dgs, dgt + o)), dgs, dgt + o);
                Lanes.store(d.add(Lanes.load(dbs, dbt + o)), dbs, dbt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var d = Lanes.load(ds, dt + o, tail);
                var h = Lanes.load(xs, xt + o, tail).sub(mean).mul(scale);
                var scaled = d.mul(Lanes.load(gs, gt + o, tail));
                plain = plain.add(scaled);
                dots = scaled.fma(h, dots);
                Lanes.store(d.fma(h, Lanes.load(dgs, dgt + o, tail)), dgs, dgt + o, tail);
                Lanes.store(d.add(Lanes.load(dbs, dbt + o, tail)), dbs, dbt + o, tail);
            }
            float shift = -Lanes.sum(plain) / n;
            float back = -Lanes.sum(dots) / n;
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var h = Lanes.load(xs, xt + o).sub(mean).mul(scale);
                var d = Lanes.load(ds, dt + o).mul(Lanes.load(gs, gt + o)).add(shift);
                d = h.fma(Lanes.all(back), d).mul(scale);
                Lanes.store(store == Store.ADD ? d.add(Lanes.load(dxs, dxt + o)) : d, dxs, dxt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var h = Lanes.load(xs, xt + o, tail).sub(mean).mul(scale);
                var d = Lanes.load(ds, dt + o, tail).mul(Lanes.load(gs, gt + o, tail)).add(shift);
                d = h.fma(Lanes.all(back), d).mul(scale);
                if (store == Store.ADD) {
                    d = d.add(Lanes.load(dxs, dxt + o, tail));
                }
                Lanes.store(d, dxs, dxt + o, tail);
            }
        }
    }
}
