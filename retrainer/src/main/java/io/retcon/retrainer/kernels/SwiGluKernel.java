package io.retcon.retrainer.kernels;

import jdk.incubator.vector.FloatVector;

import java.lang.foreign.MemorySegment;

/** SwiGLU, y = gate · sigmoid(gate) · up (Shazeer, 2020), and its gradient. */
public final class SwiGluKernel {
    private SwiGluKernel() {}

    public static void forward(Matrix gate, Matrix up, Matrix y, int rows) {
        MemorySegment gs = gate.segment();
        MemorySegment us = up.segment();
        MemorySegment ys = y.segment();
        int n = y.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        for (int row = 0; row < rows; row++) {
            long gt = gate.at(row);
            long ut = up.at(row);
            long yt = y.at(row);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var g = Lanes.load(gs, gt + o);
                Lanes.store(g.mul(Lanes.sigmoid(g)).mul(Lanes.load(us, ut + o)), ys, yt + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var g = Lanes.load(gs, gt + o, tail);
                var u = Lanes.load(us, ut + o, tail);
                Lanes.store(g.mul(Lanes.sigmoid(g)).mul(u), ys, yt + o, tail);
            }
        }
    }

    /** With s = sigmoid(gate): dgate = dy up s (1 + gate (1 − s)), dup = dy gate s. */
    public static void backward(
            Matrix dy, Matrix gate, Matrix up, Matrix dgate, Matrix dup, int rows) {
        MemorySegment ds = dy.segment();
        MemorySegment gs = gate.segment();
        MemorySegment us = up.segment();
        MemorySegment dgs = dgate.segment();
        MemorySegment dus = dup.segment();
        int n = dy.columns();
        int bound = Lanes.SPECIES.loopBound(n);
        var tail = Lanes.first(n - bound);
        for (int row = 0; row < rows; row++) {
            long dt = dy.at(row);
            long gt = gate.at(row);
            long ut = up.at(row);
            long dgt = dgate.at(row);
            long dut = dup.at(row);
            for (int j = 0; j < bound; j += Lanes.COUNT) {
                long o = 4L * j;
                var g = Lanes.load(gs, gt + o);
                var s = Lanes.sigmoid(g);
                var dsigmoid = Lanes.load(ds, dt + o).mul(s);
                var slope = slope(g, s).mul(Lanes.load(us, ut + o));
                Lanes.store(dsigmoid.mul(slope), dgs, dgt + o);
                Lanes.store(dsigmoid.mul(g), dus, dut + o);
            }
            if (bound < n) {
                long o = 4L * bound;
                var g = Lanes.load(gs, gt + o, tail);
                var s = Lanes.sigmoid(g);
                var dsigmoid = Lanes.load(ds, dt + o, tail).mul(s);
                var slope = slope(g, s).mul(Lanes.load(us, ut + o, tail));
                Lanes.store(dsigmoid.mul(slope), dgs, dgt + o, tail);
                Lanes.store(dsigmoid.mul(g), dus, dut + o, tail);
            }
        }
    }

    private static FloatVector slope(FloatVector gate, FloatVector sigmoid) {
        var one = Lanes.all(1);
        return gate.fma(one.sub(sigmoid), one);
    }
}
