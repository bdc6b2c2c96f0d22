package io.retcon.retrainer.kernels;

import java.lang.foreign.MemorySegment;

/**
 * A run of 32-bit floats outside of the heap, on a 64-byte boundary. Lives as long as the {@link
 * FloatArena} that made it.
 */
public final class Floats {
    /** No floats at all: where a network that only scores would gather gradients. */
    public static final Floats NONE = new Floats(MemorySegment.NULL, 0);

    private final MemorySegment segment;
    private final long length;

    Floats(MemorySegment segment, long length) {
        this.segment = segment;
        this.length = length;
    }

    public long length() {
        return length;
    }

    /** The floats in the machine's byte order. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where float {@code offset} lies, for native code. */
    public long address(long offset) {
        if (offset >= length) {
            throw new IndexOutOfBoundsException("float %d of %d".formatted(offset, length));
        }
        return segment.address() + offset * Float.BYTES;
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
}
