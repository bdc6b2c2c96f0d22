package io.retcon.retrainer.kernels;

import jdk.incubator.vector.FloatVector;

import java.lang.foreign.MemorySegment;

/** Exact GELU, y = x Φ(x) with Φ the normal distribution (Hendrycks and Gimpel, 2016). */
public final class GeluKernel {
    private static final float SQRT_HALF = 0.70710678118654752f;
    private static final float INVERSE_SQRT_2_PI = 0.39894228040143268f;

    private GeluKernel() {}

    public static void forward(Matrix x, Matrix y, int rows) {
        MemorySegment xs = x.segment();
        MemorySegment ys = y.segment();
        int n = y.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        for (int row = 0; row < rows; row++) {
            long xt = x.at(row);
            long yt = y.at(row);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                var v = Lanes.load(xs, xt + 4L * j);
                Lanes.store(v.mul(normal(v)), ys, yt + 4L * j);
            }
            if (bound < n) {
                var v = Lanes.load(xs, xt + 4L * bound, tail);
                Lanes.store(v.mul(normal(v)), ys, yt + 4L * bound, tail);
            }
        }
    }

    /**
     * dx = dy (Φ(x) + x φ(x)), in two passes: the compiler does not inline both transcendental
     * functions into one loop.
     */
    public static void backward(Matrix dy, Matrix x, Matrix dx, int rows) {
        for (int row = 0; row < rows; row++) {
            timesDensity(x.segment(), x.at(row), dx.segment(), dx.at(row), dx.columns());
            addNormal(
                    dy.segment(),
                    dy.at(row),
                    x.segment(),
                    x.at(row),
                    dx.segment(),
                    dx.at(row),
                    dx.columns());
        }
    }

    /** dx = x φ(x). */
    private static void timesDensity(
            MemorySegment xs, long xt, MemorySegment dxs, long dxt, int n) {
        int bound = Lanes.SPECIES.loopBound(n);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            var v = Lanes.load(xs, xt + 4L * j);
            Lanes.store(v.mul(density(v)), dxs, dxt + 4L * j);
        }
        if (bound < n) {
            var tail = Lanes.first(n - bound);
            var v = Lanes.load(xs, xt + 4L * bound, tail);
            Lanes.store(v.mul(density(v)), dxs, dxt + 4L * bound, tail);
        }
    }

    /** dx = dy (Φ(x) + dx). */
    private static void addNormal(
            MemorySegment ds,
            long dt,
            MemorySegment xs,
            long xt,
            MemorySegment dxs,
            long dxt,
            int n) {
        int bound = Lanes.SPECIES.loopBound(n);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            long o = 4L * j;
            var slope = normal(Lanes.load(xs, xt + o)).add(Lanes.load(dxs, dxt + o));
            Lanes.store(Lanes.load(ds, dt + o).mul(slope), dxs, dxt + o);
        }
        if (bound < n) {
            long o = 4L * bound;
            var tail = Lanes.first(n - bound);
            var slope = normal(Lanes.load(xs, xt + o, tail)).add(Lanes.load(dxs, dxt + o, tail));
            Lanes.store(Lanes.load(ds, dt + o, tail).mul(slope), dxs, dxt + o, tail);
        }
    }

    private static FloatVector density(FloatVector x) {
        return Lanes.exp(x.mul(x).mul(-0.5f)).mul(INVERSE_SQRT_2_PI);
    }

    private static FloatVector normal(FloatVector x) {
        return erf(x.mul(SQRT_HALF)).mul(0.5f).add(0.5f);
    }

    /** The error function to a few units in the last place, as a ratio of polynomials in x². */
    static FloatVector erf(FloatVector argument) {
        var x = argument.max(-4f).min(4f);
        var square = x.mul(x);
        var p = Lanes.all(-2.72614225801306e-10f);
        p = p.fma(square, Lanes.all(2.77068142495902e-08f));
        p = p.fma(square, Lanes.all(-2.10102402082508e-06f));
        p = p.fma(square, Lanes.all(-5.69250639462346e-05f));
        p = p.fma(square, Lanes.all(-7.34990630326855e-04f));
        p = p.fma(square, Lanes.all(-2.95459980854025e-03f));
        p = p.fma(square, Lanes.all(-1.60960333262415e-02f));
        var q = Lanes.all(-1.45660718464996e-05f);
        q = q.fma(square, Lanes.all(-2.13374055278905e-04f));
        q = q.fma(square, Lanes.all(-1.68282697438203e-03f));
        q = q.fma(square, Lanes.all(-7.37332916720468e-03f));
        q = q.fma(square, Lanes.all(-1.42647390514189e-02f));
        return x.mul(p).div(q);
    }
}
