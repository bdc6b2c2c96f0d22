package io.retcon.retrainer.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a tensor's numbers are stored, little-endian: those types that weights are read from, and
 * those that other tensors of a file may have, of which only the size is known.
 */
enum ElementType {
    F32(Float.BYTES, ElementType::decodeFloats),
    F16(Short.BYTES, ElementType::decodeHalves),
    BF16(Short.BYTES, ElementType::decodeBrainFloats),
    BOOL(Byte.BYTES),
    U8(Byte.BYTES),
    I8(Byte.BYTES),
    F8_E5M2(Byte.BYTES),
    F8_E4M3(Byte.BYTES),
    I16(Short.BYTES),
    U16(Short.BYTES),
    I32(Integer.BYTES),
    U32(Integer.BYTES),
    F64(Double.BYTES),
    I64(Long.BYTES),
    U64(Long.BYTES);

    static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Turns {@code count} stored numbers into the machine's floats. */
    interface Decoder {
        void decode(MemorySegment from, MemorySegment to, long count);
    }

    private final int bytes;
    private final Optional<Decoder> decoder;

    ElementType(int bytes) {
        this.bytes = bytes;
        this.decoder = Optional.empty();
    }

    ElementType(int bytes, Decoder decoder) {
        this.bytes = bytes;
        this.decoder = Optional.of(decoder);
    }

    static Optional<ElementType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** Empty for a type that no weights are read from. */
    Optional<Decoder> decoder() {
        return decoder;
    }

    private static void decodeFloats(MemorySegment from, MemorySegment to, long count) {
        MemorySegment.copy(from, FLOAT, 0, to, ValueLayout.JAVA_FLOAT, 0, count);
    }

    private static void decodeHalves(MemorySegment from, MemorySegment to, long count) {
        for (long i = 0; i < count; i++) {
            float value = Float.float16ToFloat(from.get(SHORT, i * Short.BYTES));
            to.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
    }

    private static void decodeBrainFloats(MemorySegment from, MemorySegment to, long count) {
        for (long i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(from.get(SHORT, i * Short.BYTES) << 16);
            to.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
    }
}
