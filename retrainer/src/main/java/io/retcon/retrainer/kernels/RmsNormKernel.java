package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Root-mean-square norm, y = g · x / sqrt(mean(x²) + eps) (Zhang and Sennrich, 2019), and its
 * gradient.
 */
public final class RmsNormKernel {
    private RmsNormKernel() {}

    /** Also leaves 1 / rms of each row in {@code scales}. */
    public static void forward(
            Matrix x, Matrix gain, float epsilon, Matrix y, float[] scales, int rows) {
        MemorySegment xs = x.segment();
        MemorySegment gs = gain.segment();
        MemorySegment ys = y.segment();
        int n = x.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        long gt = gain.at(0);
        for (int row = 0; row < rows; row++) {
            long xt = x.at(row);
            long yt = y.at(row);
            var squares = Lanes.all(0);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                var v = Lanes.load(xs, xt + 4L * j);
                squares = v.fma(v, squares);
            }
            if (bound < n) {
                var v = Lanes.load(xs, xt + 4L * bound, tail);
                squares = v.fma(v, squares);
            }
            float scale = (float) (1 / Math.sqrt(Lanes.sum(squares) / n + epsilon));
            scales[row] = scale;
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                var v = Lanes.load(xs, xt + 4L * j).mul(scale);
                Lanes.store(v.mul(Lanes.load(gs, gt + 4L * j)), ys, yt + 4L * j);
            }
            if (bound < n) {
                var v = Lanes.load(xs, xt + 4L * bound, tail).mul(scale);
                var g = Lanes.load(gs, gt + 4L * bound, tail);
                Lanes.store(v.mul(g), ys, yt + 4L * bound, tail);
            }
        }
    }

    /** dx = s g dy − x s³ mean(g dy x) with s = 1 / rms; dgain += s x dy. */
    public static void backward(
            Matrix dy,
            Matrix x,
            Matrix gain,
            float[] scales,
            Matrix dgain,
            Store store,
            Matrix dx,
            int rows) {
        MemorySegment ds = dy.segment();
        MemorySegment xs = x.segment();
        MemorySegment gs = gain.segment();
        MemorySegment dgs = dgain.segment();
        MemorySegment dxs = dx.segment();
        int n = x.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        long gt = gain.at(0);
        long dgt = dgain.at(0);
        for (int row = 0; row < rows; row++) {
            long dt = dy.at(row);
            long xt = x.at(row);
            long dxt = dx.at(row);
            float scale = scales[row];
            var dots = Lanes.all(0);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var product = Lanes.load(ds, dt + o).mul(Lanes.load(xs, xt + o));
                dots = Lanes.load(gs, gt + o).fma(product, dots);
                var dg = product.mul(scale).add(Lanes.load(dgs, dgt + o));
                Lanes.store(dg, dgs, dgt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var product = Lanes.load(ds, dt + o, tail).mul(Lanes.load(xs, xt + o, tail));
                dots = Lanes.load(gs, gt + o, tail).fma(product, dots);
                var dg = product.mul(scale).add(Lanes.load(dgs, dgt + o, tail));
                Lanes.store(dg, dgs, dgt + o, tail);
            }
            float back = -Lanes.sum(dots) * scale * scale * scale / n;
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var d = Lanes.load(ds, dt + o).mul(Lanes.load(gs, gt + o)).mul(scale);
                d = Lanes.load(xs, xt + o).fma(Lanes.all(back), d);
                Lanes.store(store == Store.ADD ? d.add(Lanes.load(dxs, dxt + o)) : d, dxs, dxt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var d = Lanes.load(ds, dt + o, tail).mul(Lanes.load(gs, gt + o, tail)).mul(scale);
                d = Lanes.load(xs, xt + o, tail).fma(Lanes.all(back), d);
                if (store == Store.ADD) {
                    d = d.add(Lanes.load(dxs, dxt + o, tail));
                }
                Lanes.store(d, dxs, dxt + o, tail);
            }
        }
    }
}
