package io.retcon.retrainer.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What all vector kernels share. Sums and exponentials are spelled out, because {@code
 * reduceLanes(ADD)} and {@code lanewise(EXP)} give other bits once the compiler has replaced them.
 */
final class Lanes {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int COUNT = SPECIES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorShuffle<Float> BY_8 = swap(8);
    private static final VectorShuffle<Float> BY_4 = swap(4);
    private static final VectorShuffle<Float> BY_2 = swap(2);
    private static final VectorShuffle<Float> BY_1 = swap(1);

    private static final float ROUND = 0x1.8p23f;
    private static final float LOG2_E = 1.4426950408889634f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    private Lanes() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ (distance % SPECIES.length()));
    }

    static FloatVector load(MemorySegment segment, long byteOffset) {
        return FloatVector.fromMemorySegment(SPECIES, segment, byteOffset, ORDER);
    }

    /** Lanes outside the mask are zero. */
    static FloatVector load(MemorySegment segment, long byteOffset, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(SPECIES, segment, byteOffset, ORDER, mask);
    }

    static void store(FloatVector vector, MemorySegment segment, long byteOffset) {
        vector.intoMemorySegment(segment, byteOffset, ORDER);
    }

    static void store(
            FloatVector vector, MemorySegment segment, long byteOffset, VectorMask<Float> mask) {
        vector.intoMemorySegment(segment, byteOffset, ORDER, mask);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** The first {@code count} lanes. */
    static VectorMask<Float> first(int count) {
        return SPECIES.indexInRange(0, count);
    }

    /** Sum of all lanes, always by the same tree. */
    static float sum(FloatVector vector) {
        var sum = vector;
        if (COUNT >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (COUNT >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (COUNT >= 4) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }

    /** The largest lane; its order does not matter. */
    static float max(FloatVector vector) {
        return vector.reduceLanes(VectorOperators.MAX);
    }

    /** Σ a_i b_i over {@code n} floats. */
    static float dot(MemorySegment as, long at, MemorySegment bs, long bt, int n) {
        var dots = all(0);
        int bound = SPECIES.loopBound(n);
        for (int j = 0; j < bound; j += COUNT) {
            dots = load(as, at + 4L * j).fma(load(bs, bt + 4L * j), dots);
        }
        if (bound < n) {
            var tail = first(n - bound);
            dots = load(as, at + 4L * bound, tail).fma(load(bs, bt + 4L * bound, tail), dots);
        }
        return sum(dots);
    }

    /**
     * eˣ to about 2e-7 relative, with x cut to [-87, 88]: x = n ln 2 + r, a polynomial of degree 6
     * in r (Cephes' expf), and n added to the exponent's bits.
     */
    static FloatVector exp(FloatVector exponent) {
        var x = exponent.min(88f).max(-87f);
        var shifted = x.fma(all(LOG2_E), all(ROUND));
        var n = shifted.sub(ROUND);
        var r = n.fma(all(-LN2_HIGH), x);
        r = n.fma(all(-LN2_LOW), r);
        var p = all(1.9875691500e-4f);
        p = p.fma(r, all(1.3981999507e-3f));
        p = p.fma(r, all(8.3334519073e-3f));
        p = p.fma(r, all(4.1665795894e-2f));
        p = p.fma(r, all(1.6666665459e-1f));
        p = p.fma(r, all(5.0000001201e-1f));
        p = p.fma(r.mul(r), r.add(1f));
        var power =
                shifted.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(0x3F800000)
                        .reinterpretAsFloats();
        return p.mul(power);
    }

    /** 1 / (1 + e⁻ˣ). */
    static FloatVector sigmoid(FloatVector x) {
        return all(1f).div(exp(x.neg()).add(1f));
    }
}
