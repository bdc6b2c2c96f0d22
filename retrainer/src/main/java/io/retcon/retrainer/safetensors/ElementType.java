package io.retcon.retrainer.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How a tensor's numbers are stored, little-endian. */
enum ElementType {
    F32(Float.BYTES) {
        @Override
        void decode(MemorySegment from, MemorySegment to, long count) {
            MemorySegment.copy(from, FLOAT, 0, to, ValueLayout.JAVA_FLOAT, 0, count);
        }
    },
    F16(Short.BYTES) {
        @Override
        void decode(MemorySegment from, MemorySegment to, long count) {
            for (long i = 0; i < count; i++) {
                float value = Float.float16ToFloat(from.get(SHORT, i * Short.BYTES));
                to.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
            }
        }
    },
    BF16(Short.BYTES) {
        @Override
        void decode(MemorySegment from, MemorySegment to, long count) {
            for (long i = 0; i < count; i++) {
                float value = Float.intBitsToFloat(from.get(SHORT, i * Short.BYTES) << 16);
                to.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
            }
        }
    };

    static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Turns {@code count} stored numbers into the machine's floats. */
    abstract void decode(MemorySegment from, MemorySegment to, long count);
}
