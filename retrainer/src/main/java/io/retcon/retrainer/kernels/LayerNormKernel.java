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
        long gt = gain.at(0);
        long bt = bias.at(0);
        for (int row = 0; row < rows; row++) {
            long xt = x.at(row);
            long yt = y.at(row);
            var sums = Lanes.all(0);
            for (int j = 0; j < n; j += Lanes.COUNT) {
                sums = sums.add(Lanes.load(xs, xt + 4L * j, Lanes.first(n - j)));
            }
            float mean = Lanes.sum(sums) / n;
            var squares = Lanes.all(0);
            for (int j = 0; j < n; j += Lanes.COUNT) {
                var mask = Lanes.first(n - j);
                var v = Lanes.load(xs, xt + 4L * j, mask).sub(Lanes.all(mean), mask);
                squares = v.fma(v, squares);
            }
            float scale = (float) (1 / Math.sqrt(Lanes.sum(squares) / n + epsilon));
            means[row] = mean;
            scales[row] = scale;
            for (int j = 0; j < n; j += Lanes.COUNT) {
                long o = 4L * j;
                var mask = Lanes.first(n - j);
                var v = Lanes.load(xs, xt + o, mask).sub(mean).mul(scale);
                v = v.fma(Lanes.load(gs, gt + o, mask), Lanes.load(bs, bt + o, mask));
                Lanes.store(v, ys, yt + o, mask);
            }
        }
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
            for (int j = 0; j < n; j += Lanes.COUNT) {
                long o = 4L * j;
                var mask = Lanes.first(n - j);
                var d = Lanes.load(ds, dt + o, mask);
                var h = Lanes.load(xs, xt + o, mask).sub(mean).mul(scale);
                var scaled = d.mul(Lanes.load(gs, gt + o, mask));
                plain = plain.add(scaled);
                dots = scaled.fma(h, dots);
                Lanes.store(d.fma(h, Lanes.load(dgs, dgt + o, mask)), dgs, dgt + o, mask);
                Lanes.store(d.add(Lanes.load(dbs, dbt + o, mask)), dbs, dbt + o, mask);
            }
            float shift = -Lanes.sum(plain) / n;
            float back = -Lanes.sum(dots) / n;
            for (int j = 0; j < n; j += Lanes.COUNT) {
                long o = 4L * j;
                var mask = Lanes.first(n - j);
                var h = Lanes.load(xs, xt + o, mask).sub(mean).mul(scale);
                var d = Lanes.load(ds, dt + o, mask).mul(Lanes.load(gs, gt + o, mask)).add(shift);
                d = h.fma(Lanes.all(back), d).mul(scale);
                if (store == Store.ADD) {
                    d = d.add(Lanes.load(dxs, dxt + o, mask));
                }
                Lanes.store(d, dxs, dxt + o, mask);
            }
        }
    }
}
