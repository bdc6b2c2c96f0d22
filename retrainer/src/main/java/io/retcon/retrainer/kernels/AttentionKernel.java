package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Causal softmax attention, a block of query rows of one head at a time, so that no more than
 * {@value #BLOCK} rows of scores exist at once. What the backward pass needs of them it computes
 * again from the log of each row's softmax denominator (Dao et al., 2022). Query heads share
 * key-value heads in equal groups.
 */
public final class AttentionKernel {
    /** Query rows whose scores exist at once. */
    public static final int BLOCK = 64;

    private final Matrix scores;
    private final Matrix gradients;

    /** Room for texts of up to {@code longest} rows. */
    public AttentionKernel(FloatArena arena, int longest) {
        scores = arena.matrix(BLOCK, longest);
        gradients = arena.matrix(BLOCK, longest);
    }

    /**
     * out = softmax(q kᵀ / √width) v for the text's rows of {@code passage}.
     *
     * @param logs gets the log of each denominator, at row · heads + head
     */
    public void forward(Passage passage, Heads q, Heads k, Heads v, Heads out, float[] logs) {
        float scale = (float) (1 / Math.sqrt(q.width()));
        for (int h = 0; h < q.count(); h++) {
            int shared = h / (q.count() / k.count());
            var keys = k.head(shared).from(passage.first());
            var values = v.head(shared).from(passage.first());
            for (int i = 0; i < passage.length(); i += BLOCK) {
                int rows = Math.min(BLOCK, passage.length() - i);
                int row = passage.first() + i;
                var queries = q.head(h).from(row);
                Gemm.abT(rows, i + rows, q.width(), scale, queries, keys, Store.SET, scores);
                for (int r = 0; r < rows; r++) {
                    logs[(row + r) * q.count() + h] = softmax(scores, r, i + r + 1, i + rows);
                }
                Gemm.ab(
                        rows,
                        q.width(),
                        i + rows,
                        1,
                        scores,
                        values,
                        Store.SET,
                        out.head(h).from(row));
            }
        }
    }

    /** Gradients of the text's rows: dq, dk and dv are set from d(out). */
    public void backward(
            Passage passage,
            Heads q,
            Heads k,
            Heads v,
            Heads out,
            float[] logs,
            Heads dout,
            Heads dq,
            Heads dk,
            Heads dv) {
        float scale = (float) (1 / Math.sqrt(q.width()));
        int group = q.count() / k.count();
        int last = (passage.length() - 1) / BLOCK * BLOCK;
        for (int h = 0; h < q.count(); h++) {
            int shared = h / group;
            var keys = k.head(shared).from(passage.first());
            var values = v.head(shared).from(passage.first());
            var dkeys = dk.head(shared).from(passage.first());
            var dvalues = dv.head(shared).from(passage.first());
            // The last block sees every key, so it sets what the others, and other heads, add to.
            for (int i = last; i >= 0; i -= BLOCK) {
                int rows = Math.min(BLOCK, passage.length() - i);
                int row = passage.first() + i;
                int seen = i + rows;
                var store = i == last && h % group == 0 ? Store.SET : Store.ADD;
                var queries = q.head(h).from(row);
                var douts = dout.head(h).from(row);
                var outs = out.head(h).from(row);
                Gemm.abT(rows, seen, q.width(), scale, queries, keys, Store.SET, scores);
                Gemm.abT(rows, seen, q.width(), 1, douts, values, Store.SET, gradients);
                for (int r = 0; r < rows; r++) {
                    float log = logs[(row + r) * q.count() + h];
                    float dot = dot(douts, outs, r);
                    softmaxGradient(scores, gradients, r, i + r + 1, seen, log, dot);
                }
                Gemm.aTb(seen, q.width(), rows, 1, scores, douts, store, dvalues);
                Gemm.aTb(seen, q.width(), rows, scale, gradients, queries, store, dkeys);
                Gemm.ab(
                        rows,
                        q.width(),
                        seen,
                        scale,
                        gradients,
                        keys,
                        Store.SET,
                        dq.head(h).from(row));
            }
        }
    }

    /** Row {@code row} of {@code x}: softmax over {@code valid} columns, zero up to {@code all}. */
    private static float softmax(Matrix x, int row, int valid, int all) {
        MemorySegment xs = x.segment();
        long xt = x.at(row);
        var largest = Lanes.all(Float.NEGATIVE_INFINITY);
        int bound = Lanes.SPECIES.loopBound(valid);
        var tail = Lanes.first(valid - bound);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            largest = largest.max(Lanes.load(xs, xt + 4L * j));
        }
        if (bound < valid) {
            var v = Lanes.load(xs, xt + 4L * bound, tail);
            largest = largest.max(Lanes.all(Float.NEGATIVE_INFINITY).blend(v, tail));
        }
        float max = Lanes.max(largest);
        var sums = Lanes.all(0);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            var e = Lanes.exp(Lanes.load(xs, xt + 4L * j).sub(max));
            sums = sums.add(e);
            Lanes.store(e, xs, xt + 4L * j);
        }
        if (bound < valid) {
            var e = Lanes.exp(Lanes.load(xs, xt + 4L * bound, tail).sub(max));
            sums = sums.add(e, tail);
            Lanes.store(e, xs, xt + 4L * bound, tail);
        }
        float sum = Lanes.sum(sums);
        float inverse = 1 / sum;
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            Lanes.store(Lanes.load(xs, xt + 4L * j).mul(inverse), xs, xt + 4L * j);
        }
        if (bound < valid) {
            var p = Lanes.load(xs, xt + 4L * bound, tail).mul(inverse);
            Lanes.store(p, xs, xt + 4L * bound, tail);
        }
        zero(xs, xt, valid, all);
        return max + (float) StrictMath.log(sum);
    }

    /** p = e^(s − log) replaces s, p (dp − dot) replaces dp. */
    private static void softmaxGradient(
            Matrix s, Matrix dp, int row, int valid, int all, float log, float dot) {
        MemorySegment ss = s.segment();
        MemorySegment ds = dp.segment();
        long st = s.at(row);
        long dt = dp.at(row);
        int bound = Lanes.SPECIES.loopBound(valid);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            var p = Lanes.exp(Lanes.load(ss, st + 4L * j).sub(log));
            Lanes.store(p, ss, st + 4L * j);
            Lanes.store(Lanes.load(ds, dt + 4L * j).sub(dot).mul(p), ds, dt + 4L * j);
        }
        if (bound < valid) {
            var tail = Lanes.first(valid - bound);
            var p = Lanes.exp(Lanes.load(ss, st + 4L * bound, tail).sub(log));
            Lanes.store(p, ss, st + 4L * bound, tail);
            var d = Lanes.load(ds, dt + 4L * bound, tail).sub(dot).mul(p);
            Lanes.store(d, ds, dt + 4L * bound, tail);
        }
        zero(ss, st, valid, all);
        zero(ds, dt, valid, all);
    }

    private static void zero(MemorySegment segment, long at, int from, int to) {
        segment.asSlice(at + 4L * from, 4L * (to - from)).fill((byte) 0);
    }

    private static float dot(Matrix a, Matrix b, int row) {
        return Lanes.dot(a.segment(), a.at(row), b.segment(), b.at(row), a.columns());
    }
}
