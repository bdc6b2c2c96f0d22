package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Rotary position embedding (Su et al., 2021) in Hugging Face's convention: column i of the first
 * half of the rotated columns turns with column i of the second half; columns after the rotated
 * ones stay.
 */
public final class RotaryKernel {
    /** Positions of the smallest table. */
    private static final int FEWEST = 256;

    private final FloatArena arena;
    private final int rotated;
    private final double base;
    private final int half;
    private volatile Table table;

    /** Angles of positions 0 … {@code positions - 1}. */
    private record Table(int positions, Matrix cosines, Matrix sines) {}

    /**
     * The angle of a position is position · base^(−2i / rotated). Tables of them grow with the
     * positions that are met, not with those that a config allows.
     *
     * @param arena used by nobody else
     * @param rotated rotated columns of a head, even
     */
    public RotaryKernel(FloatArena arena, int rotated, double base) {
        this.arena = arena;
        this.rotated = rotated;
        this.base = base;
        this.half = rotated / 2;
        this.table = table(FEWEST);
    }

    private Table tableFor(int[] positions, int rows) {
        int last = 0;
        for (int row = 0; row < rows; row++) {
            last = Math.max(last, positions[row]);
        }
        return last < table.positions() ? table : grown(last);
    }

    private synchronized Table grown(int last) {
        if (last >= table.positions()) {
            table = table(Integer.highestOneBit(last) * 2);
        }
        return table;
    }

    private Table table(int positions) {
        var cosines = arena.matrix(positions, half);
        var sines = arena.matrix(positions, half);
        for (int i = 0; i < half; i++) {
            float frequency = (float) StrictMath.pow(base, -2.0 * i / rotated);
            for (int position = 0; position < positions; position++) {
                double angle = (double) (position * frequency);
                cosines.set(position, i, (float) StrictMath.cos(angle));
                sines.set(position, i, (float) StrictMath.sin(angle));
            }
        }
        return new Table(positions, cosines, sines);
    }

    /** Turns each row's heads, in place, by the angles of its position. */
    public void rotate(Heads heads, int[] positions, int rows) {
        turn(heads, positions, rows, 1);
    }

    /** The gradient of {@link #rotate}: turns back. */
    public void rotateBack(Heads heads, int[] positions, int rows) {
        turn(heads, positions, rows, -1);
    }

    private void turn(Heads heads, int[] positions, int rows, float direction) {
        var angles = tableFor(positions, rows);
        for (int row = 0; row < rows; row++) {
            for (int h = 0; h < heads.count(); h++) {
                turn(
                        heads.rows().segment(),
                        heads.rows().at(row) + 4L * h * heads.stride(),
                        angles,
                        positions[row],
                        direction);
            }
        }
    }

    private void turn(MemorySegment xs, long low, Table angles, int position, float direction) {
        MemorySegment cs = angles.cosines().segment();
        MemorySegment ss = angles.sines().segment();
        long ct = angles.cosines().at(position);
        long st = angles.sines().at(position);
        long high = low + 4L * half;
        int bound = Lanes.SPECIES.loopBound(half);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            long o = 4L * i;
            var cosine = Lanes.load(cs, ct + o);
            var sine = Lanes.load(ss, st + o).mul(direction);
            var a = Lanes.load(xs, low + o);
            var b = Lanes.load(xs, high + o);
            Lanes.store(a.mul(cosine).sub(b.mul(sine)), xs, low + o);
            Lanes.store(b.mul(cosine).add(a.mul(sine)), xs, high + o);
        }
        if (bound < half) {
            long o = 4L * bound;
            var tail = Lanes.first(half - bound);
            var cosine = Lanes.load(cs, ct + o, tail);
            var sine = Lanes.load(ss, st + o, tail).mul(direction);
            var a = Lanes.load(xs, low + o, tail);
            var b = Lanes.load(xs, high + o, tail);
            Lanes.store(a.mul(cosine).sub(b.mul(sine)), xs, low + o, tail);
            Lanes.store(b.mul(cosine).add(a.mul(sine)), xs, high + o, tail);
        }
    }
}
