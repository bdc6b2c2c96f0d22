package io.retcon.retrainer.kernels;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

import java.lang.foreign.MemorySegment;

/**
 * A run of 32-bit floats in the buffer of an ND4J array, seen both by BLAS (a pointer) and by
 * vector kernels (a segment). Lives as long as the {@link FloatArena} that made it.
 */
public final class Floats {
    private static final int ALIGNMENT_BYTES = 64;

    /** No floats at all: where a network that only scores would gather gradients. */
    public static final Floats NONE = new Floats();

    private final INDArray array;
    private final FloatPointer pointer;
    private final MemorySegment segment;
    private final long length;

    Floats(INDArray array, long length) {
        this.array = array;
        this.length = length;
        var start = array.data().pointer();
        long skip = Math.floorMod(-start.address(), ALIGNMENT_BYTES) / Float.BYTES;
        this.pointer = new FloatPointer(start).position(skip);
        this.segment =
                MemorySegment.ofAddress(start.address() + skip * Float.BYTES)
                        .reinterpret(length * Float.BYTES);
    }

    private Floats() {
        array = null;
        pointer = new FloatPointer();
        segment = MemorySegment.NULL;
        length = 0;
    }

    public long length() {
        return length;
    }

    /** The floats in the machine's byte order. */
    public MemorySegment segment() {
        return segment;
    }

    /** Floats {@code offset} … as BLAS wants them. */
    FloatPointer pointer(long offset) {
        if (offset >= length) {
            throw new IndexOutOfBoundsException("float %d of %d".formatted(offset, length));
        }
        var from = new FloatPointer(pointer);
        return from.position(pointer.position() + offset);
    }

    public float get(long index) {
        return segment.get(Lanes.FLOAT, index * Float.BYTES);
    }

    public void set(long index, float value) {
        segment.set(Lanes.FLOAT, index * Float.BYTES, value);
    }

    public void fill(long from, long count, float value) {
        if (Float.floatToRawIntBits(value) == 0) {
            segment.asSlice(from * Float.BYTES, count * Float.BYTES).fill((byte) 0);
            return;
        }
        for (long i = from; i < from + count; i++) {
            set(i, value);
        }
    }

    /** Where the first infinite or undefined one of {@code count} floats stands; -1 if nowhere. */
    public long firstNotFinite(long from, long count) {
        for (long i = from; i < from + count; i++) {
            if (!Float.isFinite(get(i))) {
                return i;
            }
        }
        return -1;
    }

    public void copyFrom(Floats other) {
        segment.copyFrom(other.segment.asSlice(0, segment.byteSize()));
    }

    void free() {
        array.close();
    }
}
