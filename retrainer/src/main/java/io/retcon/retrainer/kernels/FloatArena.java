package io.retcon.retrainer.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

import java.util.ArrayList;
import java.util.List;

/** Allocates zeroed off-heap floats as ND4J arrays and frees them all at once. Not thread-safe. */
public final class FloatArena implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    static {
        // JavaCPP would otherwise refuse to allocate once the process is larger than a multiple of
        // the heap, where off-heap arrays are most of the process.
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private final List<Floats> allocated = new ArrayList<>();
    private long bytes;

    /** {@code length} zeros, on a 64-byte boundary, until this arena is closed. */
    public Floats allocate(long length) {
        var floats = new Floats(Nd4j.create(DataType.FLOAT, length + ALIGNMENT), length);
        allocated.add(floats);
        bytes += (length + ALIGNMENT) * Float.BYTES;
        return floats;
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
        allocated.forEach(Floats::free);
        allocated.clear();
        bytes = 0;
    }
}
