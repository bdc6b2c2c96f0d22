package io.retcon.retrainer.kernels;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Allocates zeroed off-heap floats and frees them all at once. Not thread-safe. */
public final class FloatArena implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 64;

    private final FloatMemory memory;
    private final List<FloatMemory.Block> allocated = new ArrayList<>();
    private long bytes;

    public FloatArena(FloatMemory memory) {
        this.memory = requireNonNull(memory, "memory is null");
    }

    /** Of the C library's memory. */
    public FloatArena() {
        this(new HostMemory());
    }

    /** {@code length} zeros, until this arena is closed. */
    public Floats allocate(long length) {
        long needed = length * Float.BYTES + ALIGNMENT_BYTES;
        var block = memory.zeros(needed);
        allocated.add(block);
        bytes += needed;
        long start = Math.ceilDiv(block.address(), ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        var segment = MemorySegment.ofAddress(start).reinterpret(length * Float.BYTES);
        return new Floats(segment, length);
    }

    /** What was allocated since it was made or closed. */
    public long bytes() {
        return bytes;
    }

    /** [{@code rows}][{@code columns}] zeros. */
    public Matrix matrix(int rows, int columns) {
        return new Matrix(allocate((long) rows * columns), 0, columns, columns);
    }

    /** Frees everything; using any of it afterwards is an error that nothing catches. */
    @Override
    public void close() {
        allocated.forEach(block -> block.release().run());
        allocated.clear();
        bytes = 0;
    }
}
