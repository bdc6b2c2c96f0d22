package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/** SwiGLU, y = gate · sigmoid(gate) · up (Shazeer, 2020), and its gradient. */
public final class SwiGluKernel {
    private SwiGluKernel() {}

    public static void forward(Matrix gate, Matrix up, Matrix y, int rows) {
        MemorySegment gs = gate.segment();
        MemorySegment us = up.segment();
        MemorySegment ys = y.segment();
        int n = y.columns();
        for (int row = 0; row < rows; row++) {
            long gt = gate.at(row);
            long ut = up.at(row);
            long yt = y.at(row);
            for (int j = 0; j < n; j += Lanes.COUNT) {
                long o = 4L * j;
                var mask = Lanes.first(n - j);
                var g = Lanes.load(gs, gt + o, mask);
                var u = Lanes.load(us, ut + o, mask);
                Lanes.store(g.mul(Lanes.sigmoid(g)).mul(u), ys, yt + o, mask);
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
        var one = Lanes.all(1);
        for (int row = 0; row < rows; row++) {
            long dt = dy.at(row);
            long gt = gate.at(row);
            long ut = up.at(row);
            long dgt = dgate.at(row);
            long dut = dup.at(row);
            for (int j = 0; j < n; j += Lanes.COUNT) {
                long o = 4L * j;
                var mask = Lanes.first(n - j);
                var d = Lanes.load(ds, dt + o, mask);
                var g = Lanes.load(gs, gt + o, mask);
                var u = Lanes.load(us, ut + o, mask);
                var s = Lanes.sigmoid(g);
                var dsigmoid = d.mul(s);
                var slope = g.fma(one.sub(s), one);
                Lanes.store(dsigmoid.mul(u).mul(slope), dgs, dgt + o, mask);
                Lanes.store(dsigmoid.mul(g), dus, dut + o, mask);
            }
        }
    }
}
